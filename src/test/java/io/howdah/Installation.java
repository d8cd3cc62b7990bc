package io.howdah;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A whole Howdah with a home and ports of its own, driven by its script as a person would, and a browser to look at it
 * with. One serves all the tests of a run: {@code @ExtendWith(Installation.Shared.class)}.
 */
final class Installation implements AutoCloseable {

    static final String ADMINISTRATOR = "ada@example.org";
    static final String ADMINISTRATOR_PASSWORD = "the elephant carries a castle";

    private static final Path CHECKOUT = Paths.get("").toAbsolutePath();
    private static final Pattern FIRST_LINK = Pattern.compile("https://\\S+/welcome#\\S+");
    private static final int PORTS = 64;

    /** How a command of the script ended, with all it said. */
    record Said(int code, String text) {}

    private final Path home;
    private final Map<String, String> settings = new TreeMap<>();
    private final int firstPort;
    private Playwright playwright;
    private Browser browser;

    /** @param name of its directory, unique among the tests, also those in other processes */
    Installation(String name) {
        home = TestPlace.home(name).resolve("home");
        firstPort = TestPlace.freePorts(PORTS);
        settings.put("HOWDAH_HOME", home.toString());
        settings.put("HOWDAH_HTTPS_PORT", Integer.toString(firstPort));
        settings.put("HOWDAH_METADATA_PORT", Integer.toString(firstPort + 1));
        settings.put("HOWDAH_SERVER_PORTS", (firstPort + 2) + "-" + (firstPort + PORTS - 1));
        settings.put("HOWDAH_LISTEN", "127.0.0.1");
        Optional.ofNullable(System.getenv("HOWDAH_USER_PREFIX"))
                .ifPresent(prefix -> settings.put("HOWDAH_USER_PREFIX", prefix));
        settings.put("JAVA_HOME", System.getProperty("java.home"));
    }

    Path home() {
        return home;
    }

    int httpsPort() {
        return firstPort;
    }

    /** The address of a page. */
    String address(String path) {
        return "https://localhost:" + httpsPort() + "/" + path;
    }

    Stream<Integer> serverPorts() {
        return Stream.iterate(firstPort + 2, port -> port < firstPort + PORTS, port -> port + 1);
    }

    /** Runs {@code ./howdah} with these words and waits for it. */
    Said howdah(String... words) {
        return howdah(Map.of(), words);
    }

    Said howdah(Map<String, String> others, String... words) {
        List<String> command =
                new ArrayList<>(List.of(CHECKOUT.resolve("howdah").toString()));
        command.addAll(List.of(words));
        try {
            Path output = Files.createTempFile("howdah-said", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(new java.io.File("/dev/null"))
                    .redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(key -> key.startsWith("HOWDAH_"));
            builder.environment().putAll(settings);
            builder.environment().putAll(others);
            Process process = builder.start();
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            String text = Files.readString(output);
            Files.delete(output);
            if (!ended) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " did not end. It said:\n" + text);
            }
            return new Said(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts everything and waits until the portal is ready. */
    Said start() {
        Said said = howdah("run", "--detach");
        if (said.code() != 0) {
            throw new AssertionError("The portal did not start:\n" + said.text());
        }
        return said;
    }

    /** The one-time link for the first administrator, as {@code ./howdah status} tells it; empty once it is used. */
    Optional<String> firstAdministratorsLink() {
        Matcher link = FIRST_LINK.matcher(howdah("status").text());
        return link.find() ? Optional.of(link.group()) : Optional.empty();
    }

    /** A visitor signed in as the first administrator, who is made if nobody has done that yet. */
    Visitor administrator() {
        Visitor visitor = visitor();
        firstAdministratorsLink().ifPresent(link -> {
            visitor.page().navigate(link);
            visitor.fill("Sign-in name", ADMINISTRATOR);
            visitor.fill("Name to show", "Ada");
            visitor.fill("Password", ADMINISTRATOR_PASSWORD);
            visitor.press("Make the administrator");
            visitor.awaitPath("sign-in");
        });
        visitor.signIn(ADMINISTRATOR, ADMINISTRATOR_PASSWORD);
        return visitor;
    }

    /** Somebody who is not signed in, at a wide window. */
    Visitor visitor() {
        return visitor(new Browser.NewContextOptions().setViewportSize(1440, 1000));
    }

    Visitor visitor(Browser.NewContextOptions options) {
        return new Visitor(this, browser().newContext(options.setIgnoreHTTPSErrors(true)));
    }

    private synchronized Browser browser() {
        if (browser == null) {
            playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(Path.of("/usr/bin/chromium"))
                            .setHeadless(true)
                            .setArgs(List.of(
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--disable-quic",
                                    "--no-first-run",
                                    "--disable-background-networking",
                                    "--disable-component-update",
                                    "--disable-sync")));
        }
        return browser;
    }

    /** A connection to the control plane's own database. */
    Connection metadata() throws SQLException {
        String password;
        try {
            password =
                    Files.readString(home.resolve("secrets/metadata-password")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + (firstPort + 1) + "/howdah", "howdah", password);
    }

    /** The process that a file of {@code run/} or of a server's names as "pid starttime", if it is still that one. */
    static Optional<ProcessHandle> process(Path file) {
        try {
            String[] words = Files.readString(file).strip().split(" ");
            String stat = Files.readString(Path.of("/proc", words[0], "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[19].equals(words[1]) && !fields[0].equals("Z")
                    ? ProcessHandle.of(Long.parseLong(words[0]))
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (browser != null) {
            browser.close();
            playwright.close();
        }
        Said said = howdah("down");
        if (said.code() != 0) {
            throw new AssertionError("Not everything could be stopped:\n" + said.text());
        }
        if (System.getenv("HOWDAH_TEST_DIR") == null) {
            delete(home.getParent());
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pictures of every open page, for whoever looks into a failed test. */
    private void photograph(String name) {
        if (browser == null) {
            return;
        }
        int number = 0;
        for (BrowserContext context : browser.contexts()) {
            for (Page page : context.pages()) {
                number++;
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(CHECKOUT.resolve("target/test-logs/" + name + "-" + number + ".png")));
            }
        }
    }

    /**
     * Starts one installation for all classes that ask for it, and ends it after the last. Pictures of a failed test's
     * pages go to target/test-logs.
     */
    static final class Shared implements ParameterResolver, AfterTestExecutionCallback {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Installation.class;
        }

        @Override
        public void afterTestExecution(ExtensionContext context) {
            if (context.getExecutionException().isPresent()) {
                Installation shared = context.getRoot()
                        .getStore(ExtensionContext.Namespace.GLOBAL)
                        .get(Installation.class, Installation.class);
                if (shared != null) {
                    shared.photograph(context.getRequiredTestClass().getSimpleName() + "-"
                            + context.getDisplayName().replaceAll("[^A-Za-z0-9]+", "-"));
                }
            }
        }

        @Override
        public Installation resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(
                            Installation.class,
                            key -> {
                                Installation made = new Installation(
                                        "shared-" + ProcessHandle.current().pid());
                                made.start();
                                return made;
                            },
                            Installation.class);
        }
    }
}

package io.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitUntilState;
import com.vaadin.flow.router.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every ready-made role on every page: a control whose action the role has not is absent, or disabled and says so. Which
 * action a control is for is read from what it says to those who may not.
 */
@ExtendWith(Installation.Shared.class)
@Order(4)
class RolesST {

    private static final Pattern MISSING = Pattern.compile("Your roles do not include \"([^\"]+)\" here");

    private static final String CONTROLS = """
            () => [...document.querySelectorAll('main#content vaadin-button, vaadin-popover vaadin-button')]
              .filter(b => b.checkVisibility())
              .map(b => ({
                label: (b.getAttribute('aria-label') || b.innerText || '').trim().replace(/\\s+/g, ' '),
                disabled: b.hasAttribute('disabled'),
                why: b.querySelector('vaadin-tooltip')?.text || ''
              }))""";

    /** One control as one role sees it. */
    private record Seen(String role, boolean disabled, String why) {

        Optional<String> missing() {
            Matcher said = MISSING.matcher(why);
            return disabled && said.find() ? Optional.of(said.group(1)) : Optional.empty();
        }
    }

    @Test
    void aControlThatARoleMayNotUseIsAbsentOrDisabledWithAReason(Installation installation) throws SQLException {
        RolesOnScreen people = new RolesOnScreen(installation);
        String server;
        try (Visitor ada = installation.administrator()) {
            server = people.server(ada);
        }
        List<String> roles = people.make();
        assertThat(roles).hasSizeGreaterThanOrEqualTo(8);
        Map<String, List<Seen>> controls = new TreeMap<>();
        for (String role : roles) {
            try (Visitor visitor = installation.visitor()) {
                visitor.signIn(RolesOnScreen.nameOf(role), Installation.ADMINISTRATOR_PASSWORD);
                visitor.awaitCalm();
                for (String path : pages(server)) {
                    look(visitor, role, path, controls);
                }
                assertThat(visitor.errors()).as(role).isEmpty();
            }
        }
        SoftAssertions checks = new SoftAssertions();
        int found = 0;
        for (Map.Entry<String, List<Seen>> control : controls.entrySet()) {
            Optional<String> action = control.getValue().stream()
                    .flatMap(seen -> seen.missing().stream())
                    .findFirst();
            for (Seen seen : control.getValue()) {
                String what = control.getKey() + " for " + seen.role();
                checks.assertThat(seen.disabled() && seen.why().isBlank())
                        .as(what + " is disabled without a reason")
                        .isFalse();
                Set<String> actions = people.actionsOf(seen.role());
                seen.missing()
                        .ifPresent(
                                missing -> checks.assertThat(actions).as(what).doesNotContain(missing));
                if (action.isPresent() && !actions.contains(action.get())) {
                    checks.assertThat(seen.disabled())
                            .as(what + " without " + action.get())
                            .isTrue();
                }
            }
            found += action.isPresent() ? 1 : 0;
        }
        assertThat(found).as("controls with an action, of " + controls.keySet()).isGreaterThan(20);
        checks.assertAll();
    }

    /** The portal's routes, as far as there is something that their parameter could name. */
    private static List<String> pages(String server) {
        Map<String, String> named = Map.of(":name", server, ":key", "standing:housekeeping", ":schedule", "new");
        List<String> pages = new ArrayList<>(
                List.of("access?part=teams", "access?part=projects", "access?part=groups", "access?part=roles"));
        for (String route : routes()) {
            String path = Stream.of(route.split("/"))
                    .map(part -> named.getOrDefault(part, part))
                    .collect(Collectors.joining("/"));
            if (!path.contains(":") || path.contains("standing:")) {
                pages.add(path);
            }
        }
        return pages;
    }

    /** Of the pages that only who is signed in sees. */
    private static List<String> routes() {
        Path classes = Path.of("target/classes");
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.matches("io/howdah/(shell|\\w+/ui)/\\w+\\.class"))
                    .map(file -> file.replace(".class", "").replace('/', '.'))
                    .map(RolesST::route)
                    .filter(route -> route != null && route.autoLayout())
                    .map(Route::value)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Route route(String name) {
        try {
            return Class.forName(name, false, RolesST.class.getClassLoader()).getAnnotation(Route.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void look(Visitor visitor, String role, String path, Map<String, List<Seen>> controls) {
        visitor.page().evaluate("""
                path => {
                  const a = document.createElement('a');
                  a.href = path;
                  document.body.append(a);
                  a.click();
                  a.remove();
                }""", "/" + path);
        visitor.page()
                .waitForURL(
                        address -> address.contains("/" + path),
                        new Page.WaitForURLOptions().setWaitUntil(WaitUntilState.COMMIT));
        visitor.awaitCalm();
        for (Object one : (List<?>) visitor.page().evaluate(CONTROLS)) {
            Map<?, ?> control = (Map<?, ?>) one;
            controls.computeIfAbsent(path + " \"" + control.get("label") + "\"", name -> new ArrayList<>())
                    .add(new Seen(
                            role,
                            (boolean) control.get("disabled"),
                            control.get("why").toString()));
        }
    }
}

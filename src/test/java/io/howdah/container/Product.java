package io.howdah.container;

import com.icegreen.greenmail.util.GreenMail;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.eclipse.angus.mail.iap.ParsingException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.INTERNALDATE;
import org.eclipse.angus.mail.imap.protocol.Item;
import org.hamcrest.Matcher;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.FileAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The product as container tests deploy it, once for all of them: the WAR that was built, without the portal's pages and their libraries, which
 * the system tests look at, and with the tests.
 */
public final class Product {

    private static final String PAGES =
            "/WEB-INF/classes/io/howdah/(shell|[a-z]+/ui)/.*|/WEB-INF/classes/META-INF/(VAADIN|resources)/.*|/VAADIN/.*"
                    + "|/WEB-INF/lib/(vaadin|flow|atmosphere|collaboration|reactor|reactive|gentyref|jsoup)-.*";
    private static final String TESTS =
            "io/howdah/(container/.*|access/(PermissionTable|RecordedCall).*|schedule/PlainAction.*|(.*/)?[A-Za-z]*IT(\\$.*)?\\.class)";

    /** The name of a second deployment, which a test makes if it wants it. */
    public static final String AGAIN = "again";

    private Product() {}

    @Deployment(order = 1)
    public static WebArchive archive() {
        return archive("howdah-tests.war");
    }

    @Deployment(name = AGAIN, order = 2, managed = false, testable = false)
    public static WebArchive archiveAgain() {
        return archive("howdah-again.war");
    }

    public static WebArchive archive(String name) {
        WebArchive built = ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/howdah.war"));
        WebArchive archive = ShrinkWrap.create(WebArchive.class, name).merge(built, Filters.exclude(PAGES));
        for (Class<?> library :
                new Class<?>[] {Assertions.class, Awaitility.class, Matcher.class, ByteBuddy.class, GreenMail.class}) {
            archive.addAsLibrary(jarOf(library));
        }
        // All that the mail server of the tests wants of the mail library, which the container keeps to itself.
        archive.addClasses(INTERNALDATE.class, Item.class, ParsingException.class, ProtocolException.class);
        withTheTextsOfTests(archive);
        Path tests = Path.of("target/test-classes");
        try (Stream<Path> files = Files.walk(tests)) {
            files.filter(file -> tests.relativize(file).toString().matches(TESTS) && Files.isRegularFile(file))
                    .forEach(file ->
                            archive.add(new FileAsset(file.toFile()), "/WEB-INF/classes/" + tests.relativize(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return archive;
    }

    /** What tests bring of their own is told to people like anything else, and needs its texts. */
    private static void withTheTextsOfTests(WebArchive archive) {
        String path = "/WEB-INF/classes/messages.properties";
        try {
            String texts = Files.readString(Path.of("target/classes/messages.properties"))
                    + "\n"
                    + Files.readString(Path.of("src/test/resources/messages-of-tests.properties"));
            archive.delete(path);
            archive.add(new StringAsset(texts), path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static File jarOf(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.howdah.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.shared.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference in the docs is made from the table of permissions; {@code -Dwrite.reference} writes it anew. */
class PermissionReferenceTest {

    private static final Path PAGE = Path.of("docs/permissions.md");

    @Test
    void everyPermissionHasASentence() {
        assertThat(Stream.of(Permission.values()).map(Permission::action))
                .allMatch(action -> Messages.has("permission." + action));
    }

    @Test
    void theReferenceInTheDocsIsWhatTheProductDoes() throws IOException {
        if (System.getProperty("write.reference") != null) {
            Files.writeString(PAGE, page());
        }
        assertThat(page())
                .as("docs/permissions.md is stale: ./howdah test -Dtest=PermissionReferenceTest -Dwrite.reference")
                .isEqualTo(Files.readString(PAGE));
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Permissions

                Each action that somebody can be allowed to take, what it means, and which ready-made roles include it. Roles are
                given at the installation, a team, a project or a server, and hold for all that lies in it; custom roles are made of
                the same actions. This page is made from the product's own table; in the portal it is "All permissions" under your
                profile.
                """);
        String group = "";
        for (PermissionReference.Entry entry : PermissionReference.all()) {
            String its = entry.action().substring(0, entry.action().indexOf('/'));
            if (!its.equals(group)) {
                page.append("\n## ")
                        .append(its)
                        .append("\n\n| action | what it allows | ready-made roles |\n|---|---|---|\n");
                group = its;
            }
            page.append("| `%s` | %s | %s |%n"
                    .formatted(entry.action(), entry.sentence(), String.join(", ", entry.roles())));
        }
        return page.toString();
    }
}

package io.howdah.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleTest {

    @Test
    void anOwnerMayEverything() {
        assertThat(Role.OWNER.actions())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Permission.values())
                        .map(Permission::action)
                        .toList());
    }

    @Test
    void anOperatorMayEverythingButCreateDeleteAndAccess() {
        assertThat(Role.OPERATOR.actions())
                .contains(
                        "servers/start", "servers/stop", "servers/restart", "servers/resetPassword", "servers/undelete")
                .noneMatch(action -> action.startsWith("access/")
                        || action.endsWith("/create")
                        || action.endsWith("/delete")
                        || action.endsWith("/purge"));
    }

    @Test
    void onlyOwnersAndAccessAdministratorsDecideAndOnlyOwnersDoWithout() {
        for (Role role : Role.values()) {
            assertThat(role.actions().contains("approvals/decide"))
                    .as(role.title())
                    .isEqualTo(role == Role.OWNER || role == Role.ACCESS_ADMINISTRATOR);
            assertThat(role.actions().stream()
                            .filter(action -> action.startsWith("approvals/"))
                            .count())
                    .as(role.title())
                    .isEqualTo(role == Role.OWNER ? 3 : role == Role.ACCESS_ADMINISTRATOR ? 1 : 0);
        }
    }

    @Test
    void aReaderChangesNothingButTheirOwnProfile() {
        assertThat(Role.READER.actions())
                .allMatch(action -> action.endsWith("/read")
                        || Set.of("audit/export", "profile/write").contains(action));
    }

    @Test
    void passwordsOfPeopleHave12CharactersAndDoNotContainTheName() {
        assertThat(Passwords.check("short", "anna")).isPresent();
        assertThat(Passwords.check("aaaaaaaaaaaaaaa", "anna")).isPresent();
        assertThat(Passwords.check("anna-likes-horses", "anna@example.org")).isPresent();
        assertThat(Passwords.check("correct horse battery", "anna")).isEmpty();
    }
}

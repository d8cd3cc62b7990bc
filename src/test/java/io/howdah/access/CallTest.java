package io.howdah.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.howdah.approval.ApprovalPolicy;
import io.howdah.approval.ApprovalPolicyService;
import io.howdah.backup.BackupService;
import io.howdah.backup.Policy;
import io.howdah.backup.RestoreDraft;
import io.howdah.backup.RestoreService;
import io.howdah.backup.TargetChoice;
import io.howdah.engine.BackupKind;
import io.howdah.server.SealedDraft;
import io.howdah.server.ServerDraft;
import io.howdah.server.ServerService;
import io.howdah.shared.Json;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That a call is the same after it was stored, and that nothing secret is stored with it. */
class CallTest {

    private static final UUID ID = UUID.fromString("5f0c1a53-6f5c-4f7c-9b9e-0d5c7a7a9f10");
    private static final List<Class<?>> SERVICES = List.of(
            ServiceAccountService.class,
            ServerService.class,
            BackupService.class,
            RestoreService.class,
            AccessService.class,
            GroupService.class,
            RoleService.class,
            RequestService.class,
            ProviderService.class,
            ApprovalPolicyService.class);

    static Stream<Arguments> calls() {
        return Stream.of(
                Arguments.of(ServerService.class, "delete", new Object[] {ID, "orders-db"}),
                Arguments.of(ServerService.class, "createOpen", new Object[] {
                    ID,
                    new ServerDraft(
                                    ID,
                                    null,
                                    "orders-db",
                                    17,
                                    "H0.5",
                                    4,
                                    "dba",
                                    "Tall-Elephants-9",
                                    "",
                                    List.of("::/0"),
                                    Map.of("stage", "test"))
                            .sealed(),
                    true
                }),
                Arguments.of(RestoreService.class, "intoOpenServer", new Object[] {
                    ID, ID, TargetChoice.latest(), new RestoreDraft("copy", "H0.5", 4, true, false, false), false
                }),
                Arguments.of(RestoreService.class, "inPlace", new Object[] {
                    ID, TargetChoice.at(Instant.parse("2026-11-14T23:00:01.5Z")), "orders-db"
                }),
                Arguments.of(RestoreService.class, "inPlace", new Object[] {ID, TargetChoice.latest(), "orders-db"}),
                Arguments.of(BackupService.class, "setPolicy", new Object[] {
                    ID, new Policy(7, 2, 30, DayOfWeek.SUNDAY, BackupKind.INCREMENTAL)
                }),
                Arguments.of(AccessService.class, "assign", new Object[] {ID, "Owner", Scope.INSTALLATION, null}),
                Arguments.of(AccessService.class, "assign", new Object[] {
                    ID, "Owner", Scope.server(ID, ID), Instant.parse("2027-01-01T00:00:00Z")
                }),
                Arguments.of(GroupService.class, "setMembers", new Object[] {ID, Set.of(ID, new UUID(1, 2))}),
                Arguments.of(ProviderService.class, "save", new Object[] {
                    ID,
                    new ProviderDraft(
                            ProviderKind.KEYCLOAK,
                            "Company",
                            "https://id.example.org",
                            "howdah",
                            List.of("email"),
                            "groups",
                            List.of(),
                            true,
                            "Reader",
                            Scope.team(ID),
                            false,
                            true,
                            List.of("gold"),
                            List.of(
                                    ClaimMapping.toRole("admins", "Owner", Scope.INSTALLATION),
                                    ClaimMapping.toGroup("all", ID)))
                }),
                Arguments.of(RoleService.class, "change", new Object[] {"Night", "", Set.of("servers/read")}),
                Arguments.of(ApprovalPolicyService.class, "set", new Object[] {
                    ID, new ApprovalPolicy(Set.of(ProtectedAction.SERVER_DELETE), 24, 4)
                }));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aCallIsTheSameAfterItWasStored(Class<?> service, String name, Object[] values) {
        Method method = approvable(service, name);
        Call call = Call.of(method, values);
        String[] names =
                Arrays.stream(method.getParameters()).map(Parameter::getName).toArray(String[]::new);
        Object[] read = Json.readAll(call.arguments(), names, method.getGenericParameterTypes());
        assertThat(read).isEqualTo(values);
        assertThat(Call.of(method, read)).isEqualTo(call);
    }

    @Test
    void theOrderOfASetMakesNoOtherCall() {
        Method method = approvable(GroupService.class, "setMembers");
        UUID other = new UUID(1, 2);
        assertThat(Call.of(method, new Object[] {ID, new LinkedHashSet<>(List.of(ID, other))}))
                .isEqualTo(Call.of(method, new Object[] {ID, new LinkedHashSet<>(List.of(other, ID))}))
                .isNotEqualTo(Call.of(method, new Object[] {ID, Set.of(ID)}));
    }

    @Test
    void noArgumentOfAnApprovableMethodIsASecretAndNoTwoHaveOneName() {
        for (Class<?> service : SERVICES) {
            List<Method> methods = Arrays.stream(service.getMethods())
                    .filter(method -> method.isAnnotationPresent(Approvable.class))
                    .toList();
            assertThat(methods).as(service.getSimpleName()).isNotEmpty();
            assertThat(methods).extracting(Method::getName).doesNotHaveDuplicates();
            for (Method method : methods) {
                assertThat(Arrays.stream(method.getParameters()).map(Parameter::getName))
                        .as(method.getName())
                        .noneMatch(name -> name.toLowerCase(Locale.ROOT).matches(".*(password|secret|code|key).*"));
            }
        }
    }

    @Test
    void aPasswordIsNotInWhatWaits() {
        ServerDraft draft = new ServerDraft(
                ID, null, "orders-db", 17, "H0.5", 4, "dba", "Tall-Elephants-9", "", List.of(), Map.of());

        String stored = Call.of(approvable(ServerService.class, "createOpen"), new Object[] {ID, draft.sealed(), false})
                .arguments();

        assertThat(stored).contains("SCRAM-SHA-256$").doesNotContain("Tall-Elephants-9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SealedDraft(draft, draft.sealed().verifier()));
    }

    /** The list above is whole. */
    @Test
    void everyServiceWithAnApprovableMethodIsLookedAt() {
        Set<String> found = new HashSet<>();
        for (JavaClass type : new ClassFileImporter().importPackages("io.howdah")) {
            if (type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(Approvable.class))) {
                found.add(type.getName());
            }
        }
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        SERVICES.stream().map(Class::getName).toList());
    }

    private static Method approvable(Class<?> service, String name) {
        return Arrays.stream(service.getMethods())
                .filter(method -> method.getName().equals(name) && method.isAnnotationPresent(Approvable.class))
                .findFirst()
                .orElseThrow();
    }
}

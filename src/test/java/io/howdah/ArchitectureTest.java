package io.howdah;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.howdah.access.Access;
import io.howdah.operation.Operations;
import io.howdah.operation.Workflow;
import io.howdah.shared.Sql;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.ws.rs.Path;
import java.util.Set;
import java.util.stream.Stream;

/** Who may see whom, and that no service method goes without permission and audit. */
@AnalyzeClasses(packages = "io.howdah", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule enginesSeeOnlyTheirSpiAndSharedThings = noClasses()
            .that()
            .resideInAPackage("io.howdah.engine..")
            .should()
            .dependOnClassesThat(new com.tngtech.archunit.base.DescribedPredicate<JavaClass>("other features") {
                @Override
                public boolean test(JavaClass type) {
                    String name = type.getPackageName();
                    return name.startsWith("io.howdah.")
                            && !name.startsWith("io.howdah.engine")
                            && !name.startsWith("io.howdah.shared");
                }
            });

    @ArchTest
    static final ArchRule onlyTheInstallationKnowsAnEnginesImplementation = noClasses()
            .that()
            .resideOutsideOfPackages("io.howdah.engine.host..", "io.howdah.installation..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.howdah.engine.host..");

    /**
     * The web module has no address but those of Vaadin's servlet, which ForgedRequestsST attacks, and of these: programs
     * come to them with tokens (TokensIT) and providers with what they have signed (OpenIdST), none by a session alone.
     * Whoever adds another one names it here, and attacks it there: by GET, from other sites and with other sessions.
     */
    @ArchTest
    static final ArchRule theWebModuleHasNoAddressThatIsNotAttacked = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(ApiServlet|NoSuchEndpoint|TokenEndpoint|WhoAmIEndpoint|AuditExportEndpoint"
                    + "|BackChannelLogout|EndedSessionExit|ErrorPage|ProviderCallback)")
            .should()
            .beAnnotatedWith(WebServlet.class)
            .orShould()
            .beAnnotatedWith(Path.class)
            .orShould()
            .beAnnotatedWith(ServerEndpoint.class)
            .orShould()
            .beAssignableTo(HttpServlet.class);

    @ArchTest
    static final ArchRule onlyScheduleKnowsQuartz = noClasses()
            .that()
            .resideOutsideOfPackage("io.howdah.schedule..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.quartz..");

    @ArchTest
    static final ArchRule nothingBelowDependsOnScreens = noClasses()
            .that()
            .resideOutsideOfPackages("..ui..", "io.howdah.shell..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..ui..", "io.howdah.shell..", "com.vaadin..");

    @ArchTest
    static final ArchRule screensTouchNeitherDatabaseNorEngine = noClasses()
            .that()
            .resideInAnyPackage("..ui..", "io.howdah.shell..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(EntityManager.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.howdah.engine.Engine")
            .orShould()
            .dependOnClassesThat()
            .areAnnotatedWith(Entity.class);

    @ArchTest
    static final ArchRule entitiesStayInTheirPackage =
            classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule workflowsAreFinalAndStayInTheirPackage = classes()
            .that()
            .implement(Workflow.class)
            .should()
            .haveModifier(JavaModifier.FINAL)
            .andShould()
            .bePackagePrivate();

    /** Nodes share operations, and their clocks differ: only the database's counts. */
    @ArchTest
    static final ArchRule operationsAskNoClockOfThisMachine = noClasses()
            .that()
            .resideInAPackage("io.howdah.operation..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.time.Clock.class);

    @ArchTest
    static final ArchRule featuresDoNotGoInCircles = slices().matching("io.howdah.(*)..")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(
                    com.tngtech.archunit.base.DescribedPredicate.alwaysTrue(),
                    JavaClass.Predicates.resideInAnyPackage("io.howdah.shell..", "..ui.."))
            .ignoreDependency(
                    JavaClass.Predicates.resideInAnyPackage("io.howdah.shell..", "..ui.."),
                    com.tngtech.archunit.base.DescribedPredicate.alwaysTrue());

    /** Every public method of a service asks {@link Access}; one that changes something goes through its recording door. */
    @ArchTest
    static final ArchRule noServiceMethodLacksPermissionAndAudit = methods()
            .that()
            .areDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Service")
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackages("..ui..", "io.howdah.shell..")
            .and()
            .arePublic()
            .should(askForPermissionAndRecordChanges());

    private static ArchCondition<JavaMethod> askForPermissionAndRecordChanges() {
        return new ArchCondition<>("ask for permission, and record what they change") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean records = calls(method, Access.class, Set.of("change"), 3);
                boolean asks = records || calls(method, Access.class, Set.of("permit", "reach", "may", "sees"), 3);
                boolean changes = calls(method, Operations.class, Set.of("start"), 3)
                        || calls(method, EntityManager.class, Set.of("persist", "remove", "merge"), 3)
                        || calls(method, Query.class, Set.of("executeUpdate"), 3)
                        || calls(method, Sql.class, Set.of("change"), 3)
                        || sets(method, 3)
                        || method.getRawReturnType().getName().equals("void");
                if (!asks) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " asks nobody"));
                }
                if (changes && !records && !OWN_READING.contains(method.getName())) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " leaves no record"));
                }
            }
        };
    }

    /** What somebody has read by now is theirs alone, and changes at every look. */
    private static final Set<String> OWN_READING = Set.of("markRead", "markAllRead");

    /** Whether the method, or one of its class that it calls, sets a field of an entity. */
    private static boolean sets(JavaMethod method, int depth) {
        return method.getFieldAccesses().stream()
                        .anyMatch(access -> access.getAccessType() == JavaFieldAccess.AccessType.SET
                                && access.getTargetOwner().isAnnotatedWith(Entity.class))
                || depth > 0 && own(method).anyMatch(called -> sets(called, depth - 1));
    }

    private static Stream<JavaMethod> own(JavaMethod method) {
        return method.getMethodCallsFromSelf().stream()
                .filter(call -> call.getTargetOwner().equals(method.getOwner()))
                .flatMap(call -> call.getTarget().resolveMember().stream())
                .filter(JavaMethod.class::isInstance)
                .map(JavaMethod.class::cast)
                .filter(called -> !called.equals(method));
    }

    /** Whether the method, or a private one it calls, calls one of these; so deep that no detour of ours hides it. */
    private static boolean calls(JavaMethod method, Class<?> owner, Set<String> names, int depth) {
        return method.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().isAssignableTo(owner)
                                && names.contains(call.getTarget().getName())
                        || depth > 0
                                && call.getTargetOwner().equals(method.getOwner())
                                && call.getTarget()
                                        .resolveMember()
                                        .filter(JavaMethod.class::isInstance)
                                        .map(JavaMethod.class::cast)
                                        .filter(target -> !target.equals(method))
                                        .map(target -> calls(target, owner, names, depth - 1))
                                        .orElse(false));
    }
}

package io.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every ready-made role at every page: a control whose action a role has not is absent, or disabled and says so. Which action a control is
 * for is read from what it says to those who may not; what a reader is offered, who may change nothing, is a list. That the
 * services refuse each role whatever it has not, {@code RolesIT} says.
 */
@ExtendWith(Installation.Shared.class)
@Order(4)
class RolesST {

    private static final String READER = "Reader";

    /** HOWDAH_ROLES=all: those with a role in the whole installation look at the pages of a team too. */
    private static final boolean ALL = "all".equals(System.getenv("HOWDAH_ROLES"));

    /** The pages of a server, of its team and of all servers; elsewhere a role must be one in the whole installation. */
    private static final String IN_A_TEAM = "(servers|backups|access/teams).*";

    private static final Pattern MISSING = Pattern.compile(
            "Your roles do not include \"([^\"]+)\" (?:here|in the whole)|You need the permission \"([^\"]+)\" in ");

    /** What reads, leads elsewhere, or fills in a field of one's own. */
    private static final Set<String> HARMLESS = Set.of(
            "Connect",
            "Export",
            "Generate password",
            "Keep it",
            "Pause",
            "Refresh now",
            "Simulate on the last week",
            "Verify");

    /** Where everybody changes their own. */
    private static final String OWN = "profile";

    private static final String CONTROLS = """
            () => [...document.querySelectorAll('main#content vaadin-button, vaadin-popover vaadin-button')]
              .filter(b => b.checkVisibility() && !b.closest('.filter-chips'))
              .map(b => ({
                label: (b.getAttribute('aria-label') || b.innerText || '').trim().replace(/\\s+/g, ' '),
                disabled: b.hasAttribute('disabled'),
                why: b.querySelector('vaadin-tooltip')?.text || ''
              }))""";

    /** A button of a page, one of several with that label. */
    private record Control(String path, String label, int which) {}

    /** One control as one role sees it. */
    private record Seen(String role, boolean everywhere, boolean disabled, String why) {

        /** Whether what is missing is missing in a place where they have a role. */
        boolean missesOwn() {
            return everywhere || !why.contains("in the whole installation");
        }

        Optional<String> missing() {
            Matcher said = MISSING.matcher(why);
            return disabled && said.find()
                    ? Optional.of(said.group(1) == null ? said.group(2) : said.group(1))
                    : Optional.empty();
        }
    }

    @Test
    void aControlThatARoleMayNotUseIsAbsentOrDisabledWithAReason(Installation installation) throws SQLException {
        RolesOnScreen people = new RolesOnScreen(installation);
        String server;
        try (Visitor ada = installation.administrator()) {
            server = people.server(ada);
        }
        Map<Boolean, List<String>> pages = Routes.pages(server, people.team()).stream()
                .collect(Collectors.partitioningBy(path -> path.matches(IN_A_TEAM)));
        Map<Control, List<Seen>> controls = new LinkedHashMap<>();
        walk(installation, people, false, pages.get(true), controls);
        walk(installation, people, true, pages.get(false), controls);
        check(controls, people);
        if (ALL) {
            controls.clear();
            walk(installation, people, true, pages.get(true), controls);
            check(controls, people);
        }
    }

    /** Lets everybody who has a role, in the whole installation or in the server's team, look at each of the pages. */
    private static void walk(
            Installation installation,
            RolesOnScreen people,
            boolean everywhere,
            List<String> pages,
            Map<Control, List<Seen>> controls)
            throws SQLException {
        Map<String, Visitor> visitors = new LinkedHashMap<>();
        try {
            for (String role : people.make(everywhere)) {
                Visitor visitor = installation.visitor();
                visitors.put(role, visitor);
                visitor.signIn(RolesOnScreen.nameOf(role, everywhere), Installation.ADMINISTRATOR_PASSWORD);
                visitor.awaitCalm();
            }
            for (String path : pages) {
                visitors.values().forEach(visitor -> visitor.leaveFor(path));
                visitors.forEach((role, visitor) -> look(visitor, role, everywhere, path, controls));
            }
            visitors.forEach(
                    (role, visitor) -> assertThat(visitor.errors()).as(role).isEmpty());
        } finally {
            visitors.values().forEach(Visitor::close);
        }
    }

    private static void check(Map<Control, List<Seen>> controls, RolesOnScreen people) throws SQLException {
        SoftAssertions checks = new SoftAssertions();
        int found = 0;
        for (Map.Entry<Control, List<Seen>> control : controls.entrySet()) {
            Optional<String> action = control.getValue().stream()
                    .flatMap(seen -> seen.missing().stream())
                    .findFirst();
            boolean forSomebody = control.getValue().stream().anyMatch(seen -> !seen.disabled());
            for (Seen seen : control.getValue()) {
                String what = control.getKey() + " for " + seen.role();
                Set<String> actions = people.actionsOf(seen.role());
                checks.assertThat(seen.disabled() && forSomebody && seen.why().isBlank())
                        .as(what + " is disabled without a reason")
                        .isFalse();
                seen.missing().filter(missing -> seen.missesOwn()).ifPresent(missing -> checks.assertThat(actions)
                        .as(what)
                        .doesNotContain(missing));
                if (action.isPresent() && !actions.contains(action.get())) {
                    checks.assertThat(seen.disabled())
                            .as(what + " without " + action.get())
                            .isTrue();
                }
                if (seen.role().equals(READER)
                        && !seen.disabled()
                        && !control.getKey().path().startsWith(OWN)) {
                    checks.assertThat(HARMLESS)
                            .as(what)
                            .contains(control.getKey().label());
                }
            }
            found += action.isPresent() ? 1 : 0;
        }
        assertThat(found).as("controls with an action, of " + controls.keySet()).isGreaterThan(80);
        checks.assertAll();
    }

    private static void look(
            Visitor visitor, String role, boolean everywhere, String path, Map<Control, List<Seen>> controls) {
        visitor.arriveAt(path);
        Map<String, Integer> alike = new HashMap<>();
        for (Object one : (List<?>) visitor.page().evaluate(CONTROLS)) {
            Map<?, ?> control = (Map<?, ?>) one;
            String label = control.get("label").toString();
            int which = alike.merge(label, 1, Integer::sum);
            controls.computeIfAbsent(new Control(path, label, which), name -> new ArrayList<>())
                    .add(new Seen(
                            role,
                            everywhere,
                            (boolean) control.get("disabled"),
                            control.get("why").toString()));
        }
    }
}

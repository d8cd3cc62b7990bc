package io.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Roles at the pages: a control whose action a role has not is absent, or disabled and says so. Which action a control is
 * for is read from what it says to those who may not; what a reader is offered, who may change nothing, is a list. That the
 * services refuse each role whatever it has not, {@code RolesIT} says.
 */
@ExtendWith(Installation.Shared.class)
@Order(4)
class RolesST {

    private static final String READER = "Reader";

    /** HOWDAH_ROLES=all: every role, in the whole installation and at all of its pages; takes some minutes. */
    private static final boolean ALL = "all".equals(System.getenv("HOWDAH_ROLES"));

    /** One reads, one acts, one may not even read all of it. */
    private static final List<String> SOME = List.of(READER, "Operator", "Access Administrator");

    private static final Pattern MISSING =
            Pattern.compile("Your roles do not include \"([^\"]+)\" here|You need the permission \"([^\"]+)\" in ");

    /** What reads, leads elsewhere, or fills in a field of one's own. */
    private static final Set<String> HARMLESS =
            Set.of("Connect", "Generate password", "Keep it", "Pause", "Refresh now", "Simulate on the last week");

    private static final String CONTROLS = """
            () => [...document.querySelectorAll('main#content vaadin-button, vaadin-popover vaadin-button')]
              .filter(b => b.checkVisibility() && !b.closest('.filter-chips'))
              .map(b => ({
                label: (b.getAttribute('aria-label') || b.innerText || '').trim().replace(/\\s+/g, ' '),
                disabled: b.hasAttribute('disabled'),
                why: b.querySelector('vaadin-tooltip')?.text || ''
              }))""";

    /** Follows a link, as the portal's own do: without loading everything again. */
    private static final String FOLLOW = """
            path => {
              window.leaving = document.querySelector('main#content > *');
              window.left = location.href;
              const a = document.createElement('a');
              a.href = path;
              document.body.append(a);
              a.click();
              a.remove();
            }""";

    private static final String THERE = "path => location.href !== window.left && location.href.endsWith(path)";

    /** A button of a page, one of several with that label. */
    private record Control(String path, String label, int which) {}

    /** One control as one role sees it. */
    private record Seen(String role, boolean disabled, String why) {

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
        List<String> made = people.make(ALL);
        assertThat(made).containsAll(SOME);
        List<String> roles = ALL ? made : SOME;
        Map<Control, List<Seen>> controls = new LinkedHashMap<>();
        Map<String, Visitor> visitors = new LinkedHashMap<>();
        try {
            for (String role : roles) {
                Visitor visitor = installation.visitor();
                visitors.put(role, visitor);
                visitor.signIn(RolesOnScreen.nameOf(role), Installation.ADMINISTRATOR_PASSWORD);
                visitor.awaitCalm();
            }
            for (String path : pages(server, people.team())) {
                visitors.values().forEach(visitor -> visitor.page().evaluate(FOLLOW, "/" + path));
                visitors.forEach((role, visitor) -> look(visitor, role, path, controls));
            }
            visitors.forEach(
                    (role, visitor) -> assertThat(visitor.errors()).as(role).isEmpty());
        } finally {
            visitors.values().forEach(Visitor::close);
        }
        check(controls, people);
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
                seen.missing()
                        .ifPresent(
                                missing -> checks.assertThat(actions).as(what).doesNotContain(missing));
                if (action.isPresent() && !actions.contains(action.get())) {
                    checks.assertThat(seen.disabled())
                            .as(what + " without " + action.get())
                            .isTrue();
                }
                if (seen.role().equals(READER) && !seen.disabled()) {
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

    /** The pages of a server, of its team and of all servers; elsewhere a role must be one in the whole installation. */
    private static List<String> pages(String server, String team) {
        Map<String, String> named = Map.of(":name", server, ":team", team, ":schedule", "new");
        return routes().stream()
                .map(route -> Stream.of(route.split("/"))
                        .map(part -> named.getOrDefault(part, part))
                        .collect(Collectors.joining("/")))
                .filter(path -> ALL ? !path.contains(":") : path.matches("(servers|backups|access/teams)[^:]*"))
                .toList();
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

    private static void look(Visitor visitor, String role, String path, Map<Control, List<Seen>> controls) {
        visitor.page().waitForFunction(THERE, "/" + path);
        visitor.awaitCalm();
        Map<String, Integer> alike = new HashMap<>();
        for (Object one : (List<?>) visitor.page().evaluate(CONTROLS)) {
            Map<?, ?> control = (Map<?, ?>) one;
            String label = control.get("label").toString();
            int which = alike.merge(label, 1, Integer::sum);
            controls.computeIfAbsent(new Control(path, label, which), name -> new ArrayList<>())
                    .add(new Seen(
                            role,
                            (boolean) control.get("disabled"),
                            control.get("why").toString()));
        }
    }
}

package io.howdah.server.ui;

import com.vaadin.flow.router.QueryParameters;
import io.howdah.server.ServerFilter;
import io.howdah.server.ServerOrder;
import io.howdah.server.ServerState;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the list of servers shows, as its address says it: {@code ?q=…&state=Ready,Stopped&project=<id>&version=17&sort=-created},
 * {@code show=deleted} for the deleted ones. Whatever an address says that makes no sense is passed over, so that an old
 * bookmark still opens. The team is the frame's to choose, for all pages.
 *
 * @param project the id of a project, or null for all
 * @param version major version, or null for all
 */
record ServersAddress(
        String text,
        Set<ServerState> states,
        UUID project,
        Integer version,
        ServerOrder order,
        boolean ascending,
        boolean deleted) {

    static final ServersAddress ALL = new ServersAddress("", Set.of(), null, null, ServerOrder.NAME, true, false);

    ServersAddress {
        EnumSet<ServerState> ordered = EnumSet.noneOf(ServerState.class);
        ordered.addAll(states);
        states = Collections.unmodifiableSet(ordered);
    }

    static ServersAddress of(QueryParameters parameters) {
        String sort = parameters.getSingleParameter("sort").orElse("");
        String order = sort.startsWith("-") ? sort.substring(1) : sort;
        EnumSet<ServerState> states = EnumSet.noneOf(ServerState.class);
        for (String wanted : parameters.getSingleParameter("state").orElse("").split(",")) {
            for (ServerState state : ServerState.values()) {
                if (state.azureName().equalsIgnoreCase(wanted)) {
                    states.add(state);
                }
            }
        }
        return new ServersAddress(
                parameters.getSingleParameter("q").orElse(""),
                states,
                read(parameters, "project", UUID::fromString).orElse(null),
                read(parameters, "version", Integer::valueOf).orElse(null),
                read(parameters, "sort", s -> ServerOrder.valueOf(order.toUpperCase(Locale.ROOT)))
                        .orElse(ServerOrder.NAME),
                !sort.startsWith("-"),
                parameters.getSingleParameter("show").filter("deleted"::equals).isPresent());
    }

    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (deleted) {
            parameters.put("show", "deleted");
        }
        if (!text.isBlank()) {
            parameters.put("q", text.strip());
        }
        if (!states.isEmpty()) {
            parameters.put("state", states.stream().map(ServerState::azureName).collect(Collectors.joining(",")));
        }
        if (project != null) {
            parameters.put("project", project.toString());
        }
        if (version != null) {
            parameters.put("version", version.toString());
        }
        if (order != ServerOrder.NAME || !ascending) {
            parameters.put("sort", (ascending ? "" : "-") + order.name().toLowerCase(Locale.ROOT));
        }
        return parameters;
    }

    /** @param team whose servers, or null for all */
    ServerFilter filter(UUID team) {
        return new ServerFilter(text, states, team, project, version, deleted);
    }

    /** Whether something narrows the list, so that an empty one does not mean that there is no server. */
    boolean narrowed() {
        return !text.isBlank() || !states.isEmpty() || project != null || version != null;
    }

    /** The same list in the same order with nothing narrowing it. */
    ServersAddress widened() {
        return new ServersAddress("", Set.of(), null, null, order, ascending, deleted);
    }

    ServersAddress withText(String wanted) {
        return new ServersAddress(wanted, states, project, version, order, ascending, deleted);
    }

    ServersAddress withStates(Set<ServerState> wanted) {
        return new ServersAddress(text, wanted, project, version, order, ascending, deleted);
    }

    ServersAddress withProject(UUID wanted) {
        return new ServersAddress(text, states, wanted, version, order, ascending, deleted);
    }

    ServersAddress withVersion(Integer wanted) {
        return new ServersAddress(text, states, project, wanted, order, ascending, deleted);
    }

    ServersAddress sortedBy(ServerOrder wanted, boolean upwards) {
        return new ServersAddress(text, states, project, version, wanted, upwards, deleted);
    }

    private static <T> Optional<T> read(QueryParameters parameters, String name, Function<String, T> reading) {
        return parameters.getSingleParameter(name).flatMap(value -> {
            try {
                return Optional.of(reading.apply(value));
            } catch (IllegalArgumentException notOne) {
                return Optional.empty();
            }
        });
    }
}

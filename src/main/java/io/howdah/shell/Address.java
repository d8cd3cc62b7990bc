package io.howdah.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a page keeps in its address, so that it can be bookmarked and shared: its filters, as query parameters. */
public final class Address {

    private Address() {}

    /** The parameter's value, empty when it is absent or blank. */
    public static Optional<String> value(Location location, String parameter) {
        return location.getQueryParameters().getSingleParameter(parameter).filter(value -> !value.isBlank());
    }

    /** The parameter's value as one of an enum's, empty when it is none of them. */
    public static <E extends Enum<E>> Optional<E> value(Location location, String parameter, Class<E> type) {
        return value(location, parameter).flatMap(text -> {
            for (E each : type.getEnumConstants()) {
                if (each.name().equalsIgnoreCase(text)) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        });
    }

    /**
     * Replaces the address's parameters without leaving the page; null and blank values are left out, the team switch
     * is kept.
     */
    public static void replace(Map<String, String> parameters) {
        UI ui = UI.getCurrent();
        replace(ui.getActiveViewLocation().getPath(), parameters);
    }

    static void replace(String path, Map<String, String> parameters) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (value != null && !value.isBlank()) {
                kept.put(name, List.of(value));
            }
        });
        TeamChoice.current().ifPresent(team -> kept.put(TeamChoice.PARAMETER, List.of(team.name())));
        UI.getCurrent().getPage().getHistory().replaceState(null, new Location(path, new QueryParameters(kept)));
    }
}

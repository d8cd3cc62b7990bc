package io.howdah.schedule.ui;

import static io.howdah.shared.Retold.told;

import com.vaadin.flow.router.QueryParameters;
import io.howdah.schedule.JobView;
import io.howdah.shell.Zones;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the Jobs page shows, as its address says it: {@code ?kind=schedules&server=orders-db&q=…}, and for the calendar
 * {@code view=week&week=2026-W48&zone=Europe/Berlin}. Whatever an address says that makes no sense is passed over, so that
 * an old bookmark still opens.
 *
 * @param server name of the one server whose jobs are shown, or blank for all
 * @param week null for the present one
 * @param zone id of the calendar's time zone, or blank for the browser's
 */
record JobsAddress(boolean calendar, Kind kind, String server, String text, CalendarWeek week, String zone) {

    static final String PAGE = "jobs";

    /** Which jobs are shown. */
    enum Kind {
        ALL,
        OWN,
        SCHEDULES
    }

    static final JobsAddress ALL = new JobsAddress(false, Kind.ALL, "", "", null, "");

    static JobsAddress of(QueryParameters parameters) {
        return new JobsAddress(
                one(parameters, "view").filter("week"::equals).isPresent(),
                one(parameters, "kind").flatMap(JobsAddress::kind).orElse(Kind.ALL),
                one(parameters, "server").orElse(""),
                one(parameters, "q").orElse(""),
                one(parameters, "week").flatMap(CalendarWeek::parse).orElse(null),
                one(parameters, "zone")
                        .filter(zone -> Zones.parse(zone).isPresent())
                        .orElse(""));
    }

    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (calendar) {
            parameters.put("view", "week");
        }
        if (kind != Kind.ALL) {
            parameters.put("kind", kind.name().toLowerCase(Locale.ROOT));
        }
        if (!server.isBlank()) {
            parameters.put("server", server);
        }
        if (!text.isBlank()) {
            parameters.put("q", text.strip());
        }
        if (calendar && week != null) {
            parameters.put("week", week.toString());
        }
        if (calendar && !zone.isBlank()) {
            parameters.put("zone", zone);
        }
        return parameters;
    }

    /** The whole address, for links. */
    String href() {
        String query = parameters().entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? PAGE : PAGE + "?" + query;
    }

    boolean narrowed() {
        return kind != Kind.ALL || !server.isBlank() || !text.isBlank();
    }

    boolean shows(JobView job) {
        return shows(job.standing(), job.serverName())
                && (text.isBlank()
                        || holds(told(job.title()))
                        || holds(told(job.what()))
                        || holds(job.words())
                        || holds(job.serverName()));
    }

    private boolean shows(boolean standing, String ofServer) {
        boolean ofKind =
                switch (kind) {
                    case ALL -> true;
                    case OWN -> standing;
                    case SCHEDULES -> !standing;
                };
        return ofKind && (server.isBlank() || server.equals(ofServer));
    }

    private boolean holds(String value) {
        return value != null
                && value.toLowerCase(Locale.ROOT).contains(text.strip().toLowerCase(Locale.ROOT));
    }

    JobsAddress withKind(Kind wanted) {
        return new JobsAddress(calendar, wanted, server, text, week, zone);
    }

    JobsAddress withServer(String wanted) {
        return new JobsAddress(calendar, kind, wanted == null ? "" : wanted, text, week, zone);
    }

    JobsAddress withText(String wanted) {
        return new JobsAddress(calendar, kind, server, wanted, week, zone);
    }

    JobsAddress withWeek(CalendarWeek wanted) {
        return new JobsAddress(calendar, kind, server, text, wanted, zone);
    }

    JobsAddress withZone(String wanted) {
        return new JobsAddress(calendar, kind, server, text, week, wanted);
    }

    JobsAddress asCalendar(boolean wanted) {
        return new JobsAddress(wanted, kind, server, text, week, zone);
    }

    JobsAddress widened() {
        return new JobsAddress(calendar, Kind.ALL, "", "", week, zone);
    }

    private static Optional<Kind> kind(String text) {
        for (Kind kind : Kind.values()) {
            if (kind.name().equalsIgnoreCase(text)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> one(QueryParameters parameters, String name) {
        return parameters.getSingleParameter(name).filter(value -> !value.isBlank());
    }
}

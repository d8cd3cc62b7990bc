package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import io.howdah.backup.BackupView;
import io.howdah.backup.ServerBackups;
import io.howdah.engine.RecoverySpan;
import io.howdah.shared.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What can be restored as a band, with backups as ticks and a handle for the instant that is wanted. */
@Tag("howdah-timeline")
@JsModule("context://components/timeline.js")
final class Timeline extends Component {

    private static final String INSTANT = "event.detail.instant";

    private Instant now;

    Timeline(ZoneId zone, Consumer<Instant> chosen) {
        getElement().setAttribute("zone", zone.getId().equals("Z") ? "UTC" : zone.getId());
        getElement().setAttribute("label", t("backup.timeline.handle"));
        getElement()
                .addEventListener(
                        "instant-chosen",
                        event -> chosen.accept(
                                Instant.parse(event.getEventData().get(INSTANT).asString())))
                .addEventData(INSTANT);
    }

    /** @param now the right end while the server runs */
    void show(ServerBackups backups, Instant now) {
        this.now = now;
        Instant latest = backups.latest();
        Instant to = backups.running() ? now : latest;
        List<Map<String, String>> spans = backups.spans().stream()
                .map(span -> Map.of(
                        "from",
                        span.from().toString(),
                        "until",
                        until(span, backups).toString()))
                .toList();
        List<Map<String, String>> ticks = backups.backups().stream()
                .filter(backup -> !backup.underWay())
                .map(Timeline::tick)
                .toList();
        getElement()
                .setAttribute(
                        "model",
                        Json.write(Map.of(
                                "from",
                                backups.earliest().toString(),
                                "to",
                                to.toString(),
                                "spans",
                                spans,
                                "backups",
                                ticks)));
    }

    private Instant until(RecoverySpan span, ServerBackups backups) {
        return span.growing() && backups.running() ? now : span.until();
    }

    private static Map<String, String> tick(BackupView backup) {
        return Map.of("at", backup.endedAt().toString(), "kind", backup.kind().name());
    }

    void point(Instant instant) {
        getElement().setAttribute("value", instant.toString());
    }
}

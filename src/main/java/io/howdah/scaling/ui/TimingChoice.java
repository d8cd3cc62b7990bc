package io.howdah.scaling.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import io.howdah.maintenance.MaintenanceWindow;
import io.howdah.scaling.Plan;
import io.howdah.scaling.WaitsFor;
import io.howdah.schedule.ui.DateFields;
import io.howdah.schedule.ui.WhenWords;
import io.howdah.shell.Zones;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** When a change is made: now, in the maintenance window, or at a time. */
final class TimingChoice extends Div {

    enum When {
        NOW,
        WINDOW,
        TIME,
        ROOM
    }

    private final ZoneId zone = Zones.mine();
    private final RadioButtonGroup<When> when = new RadioButtonGroup<>(t("scaling.when"));
    private final DateTimePicker at = new DateTimePicker(t("scaling.when.at", Zones.inWords(zone, Instant.now())));

    /** @param room whether there is none now, so that it may be waited for */
    TimingChoice(MaintenanceWindow.Span window, boolean room, Runnable changed) {
        addClassName("scale-timing");
        String span = words(window, zone);
        when.setItems(room ? List.of(When.values()) : List.of(When.NOW, When.WINDOW, When.TIME));
        when.setItemLabelGenerator(one -> switch (one) {
            case NOW -> t("scaling.when.now");
            case WINDOW -> t("scaling.when.window", span);
            case TIME -> t("scaling.when.time");
            case ROOM -> t("scaling.when.room");
        });
        when.setValue(room ? When.ROOM : When.NOW);
        DateFields.arrange(at);
        at.setVisible(false);
        when.addValueChangeListener(event -> {
            at.setVisible(event.getValue() == When.TIME);
            changed.run();
        });
        add(when, at);
    }

    /** For example "Sun 29 Nov, 02:00". */
    static String words(MaintenanceWindow.Span window, ZoneId zone) {
        return WhenWords.dayAndTime(window.begin().atZone(zone));
    }

    /** Empty: now. */
    Optional<Plan> plan() {
        return switch (when.getValue()) {
            case NOW -> Optional.empty();
            case WINDOW -> Optional.of(new Plan(WaitsFor.WINDOW, null));
            case ROOM -> Optional.of(new Plan(WaitsFor.ROOM, null));
            case TIME ->
                Optional.of(new Plan(
                        WaitsFor.TIME,
                        at.getValue() == null
                                ? null
                                : at.getValue().atZone(zone).toInstant()));
        };
    }
}

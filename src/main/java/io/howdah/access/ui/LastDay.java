package io.howdah.access.ui;

import com.vaadin.flow.component.datepicker.DatePicker;
import io.howdah.shell.Texts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Chooses the last day (UTC) of what must end. */
final class LastDay {

    private static final int USUAL_DAYS = 90;

    private LastDay() {}

    static DatePicker within(int longestDays) {
        DatePicker day = new DatePicker();
        limit(day, longestDays);
        day.setWidthFull();
        return day;
    }

    static void limit(DatePicker day, int longestDays) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        day.setLabel(Texts.t("ui.tokens.lastDay"));
        day.setHelperText(Texts.t("ui.tokens.lastDay.help", longestDays));
        day.setClearButtonVisible(false);
        day.setMin(today);
        day.setMax(today.plusDays(longestDays));
        day.setValue(today.plusDays(Math.min(USUAL_DAYS, longestDays)));
    }

    /** The end of the chosen day; null when none is chosen. */
    static Instant end(DatePicker day) {
        return day.getValue() == null
                ? null
                : day.getValue().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}

package io.howdah.schedule.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.timepicker.TimePicker;
import io.howdah.shared.Messages;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Dates and times are typed and shown in one way everywhere: 2026-11-25 and 08:00. */
public final class DateFields {

    private static final Duration STEP = Duration.ofMinutes(15);

    private DateFields() {}

    public static DatePicker date(String label) {
        DatePicker field = new DatePicker(label);
        field.setI18n(dates());
        return field;
    }

    public static TimePicker time(String label) {
        TimePicker field = new TimePicker(label);
        arrange(field);
        return field;
    }

    public static void arrange(TimePicker field) {
        field.setLocale(Messages.language().region());
        field.setStep(STEP);
        field.setI18n(new TimePicker.TimePickerI18n().setBadInputErrorMessage(t("schedule.ui.time.bad")));
    }

    public static void arrange(DateTimePicker field) {
        field.setLocale(Messages.language().region());
        field.setStep(STEP);
        field.setDatePickerI18n(dates());
        field.setI18n(new DateTimePicker.DateTimePickerI18n()
                .setDateLabel(t("schedule.ui.date"))
                .setTimeLabel(t("schedule.ui.time"))
                .setBadInputErrorMessage(t("schedule.ui.date.bad"))
                .setIncompleteInputErrorMessage(t("schedule.ui.date.incomplete")));
    }

    /** The calendar's own words. */
    public static DatePicker.DatePickerI18n dates() {
        Locale locale = Messages.language().locale();
        return new DatePicker.DatePickerI18n()
                .setDateFormat("yyyy-MM-dd")
                .setFirstDayOfWeek(1)
                .setMonthNames(Arrays.stream(Month.values())
                        .map(month -> month.getDisplayName(TextStyle.FULL_STANDALONE, locale))
                        .toList())
                .setWeekdays(weekdays(TextStyle.FULL_STANDALONE))
                .setWeekdaysShort(weekdays(TextStyle.SHORT_STANDALONE))
                .setToday(t("schedule.ui.when.today"))
                .setCancel(t("ui.confirm.cancel"))
                .setBadInputErrorMessage(t("schedule.ui.date.bad"));
    }

    /** From Sunday on. */
    private static List<String> weekdays(TextStyle style) {
        return IntStream.range(0, 7)
                .mapToObj(day -> DayOfWeek.SUNDAY
                        .plus(day)
                        .getDisplayName(style, Messages.language().locale()))
                .toList();
    }
}

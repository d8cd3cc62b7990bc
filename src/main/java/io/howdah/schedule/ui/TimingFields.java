package io.howdah.schedule.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.shared.HasValidationProperties;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.timepicker.TimePicker;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.howdah.schedule.Timetable;
import io.howdah.schedule.Timing;
import io.howdah.shared.Problem;
import io.howdah.shell.Zones;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** When a schedule runs: how often, at which time, in which zone, and from when until when. */
final class TimingFields extends Div {

    private enum Frequency {
        ONCE,
        DAILY,
        WEEKLY,
        MONTHLY,
        CRON
    }

    private static final int SHORTEST_MONTH = 28;

    private final RadioButtonGroup<Frequency> frequency = new RadioButtonGroup<>(t("schedule.ui.frequency"));
    private final DateTimePicker once = new DateTimePicker(t("schedule.ui.once"));
    private final TimePicker at = new TimePicker(t("schedule.ui.at"));
    private final CheckboxGroup<DayOfWeek> days = weekdays();
    private final IntegerField day = new IntegerField(t("schedule.ui.day"));
    private final TextField expression = new TextField(t("schedule.ui.cron"));
    private final Span explanation = new Span();
    private final Div cron = new Div(expression, explanation);
    private final ComboBox<ZoneId> zone;
    private final DatePicker from = DateFields.date(t("schedule.ui.from"));
    private final DatePicker until = DateFields.date(t("schedule.ui.until"));
    private final Runnable changed;
    private boolean filling;

    TimingFields(Runnable changed) {
        this.changed = changed;
        addClassName("timing-fields");
        zone = Zones.field(t("schedule.ui.zone"), Zones.mine());
        zone.setManualValidation(true);
        frequency.addClassName("in-a-row");
        frequency.setItems(Frequency.values());
        frequency.setItemLabelGenerator(
                each -> t("schedule.ui.frequency." + each.name().toLowerCase(Locale.ROOT)));
        frequency.setValue(Frequency.WEEKLY);
        DateFields.arrange(once);
        DateFields.arrange(at);
        at.setValue(LocalTime.of(8, 0));
        days.setValue(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
        day.setMin(1);
        day.setMax(31);
        day.setValue(1);
        day.setStepButtonsVisible(true);
        day.setManualValidation(true);
        day.setValueChangeMode(ValueChangeMode.LAZY);
        expression.setManualValidation(true);
        expression.setHelperText(t("schedule.ui.cron.help"));
        expression.setPlaceholder("0 30 2 ? * SUN");
        expression.addClassName("mono-field");
        expression.setValueChangeMode(ValueChangeMode.LAZY);
        expression.setValueChangeTimeout(250);
        expression.getElement().setAttribute("spellcheck", "false").setAttribute("autocapitalize", "off");
        explanation.addClassName("cron-words");
        explanation.getElement().setAttribute("role", "status");
        cron.addClassName("cron-field");
        from.setClearButtonVisible(true);
        until.setClearButtonVisible(true);
        from.setHelperText(t("schedule.ui.from.help"));
        until.setHelperText(t("schedule.ui.until.help"));
        frequency.addValueChangeListener(event -> tell());
        once.addValueChangeListener(event -> tell());
        at.addValueChangeListener(event -> tell());
        days.addValueChangeListener(event -> tell());
        day.addValueChangeListener(event -> tell());
        expression.addValueChangeListener(event -> tell());
        zone.addValueChangeListener(event -> tell());
        from.addValueChangeListener(event -> tell());
        until.addValueChangeListener(event -> tell());
        Div when = new Div(once, day, at, zone);
        when.addClassName("field-grid");
        Div span = new Div(from, until);
        span.addClassName("field-grid");
        add(frequency, days, cron, when, span);
        arrange();
    }

    static CheckboxGroup<DayOfWeek> weekdays() {
        CheckboxGroup<DayOfWeek> days = new CheckboxGroup<>(t("schedule.ui.days"));
        days.setItems(DayOfWeek.values());
        days.setItemLabelGenerator(WhenWords::weekday);
        days.addClassName("weekdays");
        days.setManualValidation(true);
        return days;
    }

    void setTiming(Timing timing) {
        filling = true;
        Zones.offer(zone, timing.zone());
        switch (timing.timetable()) {
            case Timetable.Once(var when) -> {
                frequency.setValue(Frequency.ONCE);
                once.setValue(when);
            }
            case Timetable.Daily(var time) -> {
                frequency.setValue(Frequency.DAILY);
                at.setValue(time);
            }
            case Timetable.Weekly(var chosen, var time) -> {
                frequency.setValue(Frequency.WEEKLY);
                days.setValue(chosen);
                at.setValue(time);
            }
            case Timetable.Monthly(var number, var time) -> {
                frequency.setValue(Frequency.MONTHLY);
                day.setValue(number);
                at.setValue(time);
            }
            case Timetable.Cron(var written) -> {
                frequency.setValue(Frequency.CRON);
                expression.setValue(written);
            }
        }
        zone.setValue(timing.zone());
        from.setValue(timing.from());
        until.setValue(timing.until());
        filling = false;
        arrange();
        explain();
    }

    /** What has been chosen; empty as long as something is missing or can't be read. */
    Optional<Timing> timing() {
        if (zone.getValue() == null || from.isInvalid() || until.isInvalid()) {
            return Optional.empty();
        }
        return timetable().map(found -> new Timing(found, zone.getValue(), from.getValue(), until.getValue()));
    }

    /** What has been chosen, if it also makes sense. */
    Optional<Timing> validTiming() {
        return timing().filter(found -> found.check().isEmpty());
    }

    private Optional<Timetable> timetable() {
        return switch (frequency.getValue()) {
            case ONCE -> Optional.ofNullable(once.getValue()).map(Timetable.Once::new);
            case DAILY -> Optional.ofNullable(at.getValue()).map(Timetable.Daily::new);
            case WEEKLY ->
                at.getValue() == null || days.getValue().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Timetable.Weekly(days.getValue(), at.getValue()));
            case MONTHLY ->
                at.getValue() == null || day.getValue() == null
                        ? Optional.empty()
                        : Optional.of(new Timetable.Monthly(day.getValue(), at.getValue()));
            case CRON ->
                expression.getValue().isBlank()
                        ? Optional.empty()
                        : Optional.of(new Timetable.Cron(expression.getValue().strip()));
        };
    }

    /** Marks what is missing; false when something is. */
    boolean passes() {
        Frequency chosen = frequency.getValue();
        boolean timed = chosen != Frequency.ONCE && chosen != Frequency.CRON;
        boolean good = !(from.isInvalid() || until.isInvalid());
        good &= present(zone, zone.getValue() != null, "schedule.ui.zone.missing");
        if (timed) {
            good &= present(at, at.getValue() != null, "schedule.ui.at.missing");
        }
        switch (chosen) {
            case ONCE -> good &= present(once, once.getValue() != null, "schedule.ui.once.missing");
            case WEEKLY -> good &= present(days, !days.getValue().isEmpty(), "schedule.ui.days.missing");
            case MONTHLY -> good &= present(day, day.getValue() != null, "schedule.ui.day.missing");
            case CRON -> good &= present(expression, !expression.isEmpty(), "schedule.ui.cron.missing");
            case DAILY -> {}
        }
        return good;
    }

    private static boolean present(HasValidationProperties field, boolean there, String key) {
        if (!there) {
            field.setErrorMessage(t(key));
            field.setInvalid(true);
        }
        return there;
    }

    /** Shows the problem at its field; false when it belongs to none of these. */
    boolean show(Problem problem) {
        HasValidationProperties field =
                switch (problem.field() == null ? "" : problem.field()) {
                    case "zone" -> zone;
                    case "at" -> frequency.getValue() == Frequency.ONCE ? once : at;
                    case "days" -> days;
                    case "day" -> day;
                    case "expression" -> expression;
                    case "from" -> from;
                    case "until" -> until;
                    default -> null;
                };
        if (field == null) {
            return false;
        }
        field.setErrorMessage(told(problem).inWords());
        field.setInvalid(true);
        return true;
    }

    private void clearErrors() {
        List.<HasValidationProperties>of(once, at, days, day, expression, zone)
                .forEach(field -> field.setInvalid(false));
    }

    private void tell() {
        if (filling) {
            return;
        }
        arrange();
        clearErrors();
        explain();
        changed.run();
    }

    private void arrange() {
        Frequency chosen = frequency.getValue();
        show(once, chosen == Frequency.ONCE);
        show(at, chosen != Frequency.ONCE && chosen != Frequency.CRON);
        show(days, chosen == Frequency.WEEKLY);
        show(day, chosen == Frequency.MONTHLY);
        show(cron, chosen == Frequency.CRON);
        show(from, chosen != Frequency.ONCE);
        show(until, chosen != Frequency.ONCE);
        day.setHelperText(
                day.getValue() != null && day.getValue() > SHORTEST_MONTH
                        ? t("schedule.ui.day.short", day.getValue())
                        : null);
    }

    private static void show(Component field, boolean visible) {
        field.setVisible(visible);
    }

    /** Says what is wrong with it at its field while it is typed, or what a cron expression means. */
    private void explain() {
        explanation.setText("");
        Optional<Timing> typed = timing();
        Optional<Problem> problem = typed.flatMap(Timing::check);
        problem.ifPresent(this::show);
        if (frequency.getValue() == Frequency.CRON && typed.isPresent() && problem.isEmpty()) {
            explanation.setText(t("schedule.ui.cron.means", typed.get().inWords()));
        }
    }
}

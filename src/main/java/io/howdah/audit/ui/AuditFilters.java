package io.howdah.audit.ui;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Location;
import io.howdah.audit.AuditFilter;
import io.howdah.audit.AuditResult;
import io.howdah.shell.Address;
import io.howdah.shell.Glyph;
import io.howdah.shell.Texts;
import io.howdah.shell.Zones;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The audit log's filters; times are typed in the person's zone, and stand in the address in UTC, for everybody alike. */
class AuditFilters extends Div {

    private final TextField text = new TextField(Texts.t("ui.audit.find"));
    private final ComboBox<String> actor = new ComboBox<>(Texts.t("ui.audit.actor"));
    private final ComboBox<String> action = new ComboBox<>(Texts.t("ui.audit.action"));
    private final Select<AuditResult> result = new Select<>();
    private final ZoneId zone = Zones.mine();
    private final DateTimePicker from = new DateTimePicker(Texts.t("ui.audit.since", Zones.name(zone)));
    private final DateTimePicker to = new DateTimePicker(Texts.t("ui.audit.until", Zones.name(zone)));
    private final TextField correlation = new TextField(Texts.t("ui.problem.correlation"));
    private final Runnable changed;
    private UUID target;

    AuditFilters(List<String> actors, List<String> actions, Runnable changed) {
        this.changed = changed;
        addClassName("filters");
        getElement().setAttribute("role", "group").setAttribute("aria-label", Texts.t("ui.filters"));
        text.setPrefixComponent(Glyph.SEARCH.icon());
        text.setClearButtonVisible(true);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        correlation.setClearButtonVisible(true);
        correlation.setValueChangeMode(ValueChangeMode.LAZY);
        actor.setItems(actors);
        actor.setClearButtonVisible(true);
        action.setItems(actions);
        action.setItemLabelGenerator(AuditDetails::words);
        action.setClearButtonVisible(true);
        result.setLabel(Texts.t("ui.audit.result"));
        result.setItems(AuditResult.values());
        result.setEmptySelectionAllowed(true);
        result.setEmptySelectionCaption(Texts.t("ui.audit.anyResult"));
        result.setPlaceholder(Texts.t("ui.audit.anyResult"));
        result.setItemLabelGenerator(each -> each == null ? Texts.t("ui.audit.anyResult") : ResultBadge.word(each));
        text.addValueChangeListener(event -> tell(event.isFromClient()));
        actor.addValueChangeListener(event -> tell(event.isFromClient()));
        action.addValueChangeListener(event -> tell(event.isFromClient()));
        result.addValueChangeListener(event -> tell(event.isFromClient()));
        from.addValueChangeListener(event -> tell(event.isFromClient()));
        to.addValueChangeListener(event -> tell(event.isFromClient()));
        correlation.addValueChangeListener(event -> tell(event.isFromClient()));
        add(text, actor, action, result, from, to, correlation);
    }

    private void tell(boolean byPerson) {
        if (byPerson) {
            changed.run();
        }
    }

    AuditFilter filter() {
        return new AuditFilter(
                text.getValue(),
                actor.getValue(),
                action.getValue(),
                target,
                result.getValue(),
                correlation.getValue(),
                instant(from.getValue()),
                instant(to.getValue()));
    }

    private Instant instant(LocalDateTime typed) {
        return typed == null ? null : typed.atZone(zone).toInstant();
    }

    private String utc(LocalDateTime typed) {
        return typed == null
                ? null
                : LocalDateTime.ofInstant(instant(typed), ZoneOffset.UTC).toString();
    }

    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("text", text.getValue());
        parameters.put("actor", actor.getValue());
        parameters.put("action", action.getValue());
        parameters.put(
                "result",
                result.getValue() == null ? null : result.getValue().name().toLowerCase(Locale.ROOT));
        parameters.put("from", utc(from.getValue()));
        parameters.put("to", utc(to.getValue()));
        parameters.put("correlation", correlation.getValue());
        parameters.put("target", target == null ? null : target.toString());
        return parameters;
    }

    /** Takes the filters from the address; what it holds that makes no sense does not filter. */
    void read(Location location) {
        text.setValue(Address.value(location, "text").orElse(""));
        actor.setValue(Address.value(location, "actor").orElse(null));
        action.setValue(Address.value(location, "action").orElse(null));
        result.setValue(Address.value(location, "result", AuditResult.class).orElse(null));
        from.setValue(time(location, "from"));
        to.setValue(time(location, "to"));
        correlation.setValue(Address.value(location, "correlation").orElse(""));
        target = Address.value(location, "target").map(AuditFilters::uuid).orElse(null);
    }

    private LocalDateTime time(Location location, String parameter) {
        try {
            return Address.value(location, parameter)
                    .map(LocalDateTime::parse)
                    .map(utc ->
                            utc.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone).toLocalDateTime())
                    .orElse(null);
        } catch (DateTimeParseException notOne) {
            return null;
        }
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notOne) {
            return null;
        }
    }
}

package io.howdah.schedule.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasHelper;
import com.vaadin.flow.component.HasLabel;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.shared.HasValidationProperties;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.howdah.schedule.ActionArgument;
import io.howdah.schedule.ScheduleService;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What has to be filled in for an action, made from its arguments: no action has a form of its own. */
final class ArgumentFields extends Div {

    private record Field(
            ActionArgument argument, Component component, Supplier<String> value, Consumer<String> setter) {

        HasValidationProperties validation() {
            return (HasValidationProperties) component;
        }
    }

    private final ScheduleService schedules;
    private final Runnable changed;
    private final List<Field> fields = new ArrayList<>();
    private boolean filling;

    ArgumentFields(ScheduleService schedules, Runnable changed) {
        this.schedules = schedules;
        this.changed = changed;
        addClassName("argument-fields");
    }

    /** The label of an argument. */
    static String label(String argument) {
        return textOr("schedule.argument." + argument, argument);
    }

    void show(UUID serverId, List<ActionArgument> arguments) {
        removeAll();
        fields.clear();
        setVisible(!arguments.isEmpty());
        for (ActionArgument argument : arguments) {
            Field field = field(serverId, argument);
            ((HasLabel) field.component()).setLabel(label(argument.name()));
            String help = "schedule.argument." + argument.name() + ".help";
            if (Messages.has(help)) {
                ((HasHelper) field.component()).setHelperText(t(help));
            }
            fields.add(field);
            add(field.component());
        }
    }

    void setValues(Map<String, String> values) {
        filling = true;
        fields.forEach(field ->
                field.setter().accept(values.getOrDefault(field.argument().name(), "")));
        filling = false;
    }

    /** Without those that are blank. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        fields.forEach(field -> {
            String value = field.value().get();
            if (value != null && !value.isBlank()) {
                values.put(field.argument().name(), value);
            }
        });
        return values;
    }

    void clearErrors() {
        fields.forEach(field -> field.validation().setInvalid(false));
    }

    /** Marks what is required and blank; false when there is such a field. */
    boolean passes() {
        boolean good = true;
        for (Field field : fields) {
            String value = field.value().get();
            if (field.argument().required() && (value == null || value.isBlank())) {
                error(field, t("schedule.ui.missing", label(field.argument().name())));
                good = false;
            }
        }
        return good;
    }

    /** Whether everything required has been filled in. */
    boolean complete() {
        return fields.stream()
                .filter(field -> field.argument().required())
                .map(field -> field.value().get())
                .noneMatch(value -> value == null || value.isBlank());
    }

    /** Shows the problem at its field; false when it belongs to none of these. */
    boolean show(Problem problem) {
        for (Field field : fields) {
            String name = field.argument().name();
            if (name.equals(problem.field()) || ("arguments." + name).equals(problem.field())) {
                error(field, told(problem).inWords());
                return true;
            }
        }
        return false;
    }

    private static void error(Field field, String text) {
        field.validation().setErrorMessage(text);
        field.validation().setInvalid(true);
    }

    private Field field(UUID serverId, ActionArgument argument) {
        return switch (argument.kind()) {
            case TEXT -> text(argument);
            case SCRIPT -> script(argument);
            case ROLE -> choice(argument, offered(() -> schedules.roles(serverId)));
            case DATABASE -> choice(argument, offered(() -> schedules.databases(serverId)));
            case DATABASES -> several(argument, offered(() -> schedules.databases(serverId)));
            case CHOICE, SIZE -> select(argument);
            case DURATION_SECONDS -> seconds(argument);
        };
    }

    /** A server that does not run can't say what it has; then the names are typed. */
    private static List<String> offered(Supplier<List<String>> asked) {
        try {
            return asked.get();
        } catch (ProblemException notNow) {
            return List.of();
        }
    }

    private Field text(ActionArgument argument) {
        TextField field = new TextField();
        field.setManualValidation(true);
        field.setRequiredIndicatorVisible(argument.required());
        field.setValueChangeMode(ValueChangeMode.LAZY);
        return listen(argument, field, field::getValue, field::setValue);
    }

    private Field script(ActionArgument argument) {
        TextArea field = new TextArea();
        field.addClassName("script-field");
        field.setManualValidation(true);
        field.setRequiredIndicatorVisible(argument.required());
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.setMinRows(6);
        field.setMaxRows(20);
        field.getElement().setAttribute("spellcheck", "false").setAttribute("autocapitalize", "off");
        return listen(argument, field, field::getValue, field::setValue);
    }

    private Field choice(ActionArgument argument, List<String> offered) {
        ComboBox<String> field = new ComboBox<>();
        field.setManualValidation(true);
        field.setRequiredIndicatorVisible(argument.required());
        field.setItems(offered);
        field.setAllowCustomValue(true);
        field.addCustomValueSetListener(
                event -> field.setValue(event.getDetail().strip()));
        field.setClearButtonVisible(!argument.required());
        return listen(argument, field, field::getValue, value -> field.setValue(value.isBlank() ? null : value));
    }

    private Field several(ActionArgument argument, List<String> offered) {
        MultiSelectComboBox<String> field = new MultiSelectComboBox<>();
        field.setManualValidation(true);
        field.setRequiredIndicatorVisible(argument.required());
        TreeSet<String> items = new TreeSet<>(offered);
        field.setItems(List.copyOf(items));
        field.setPlaceholder(argument.required() ? "" : t("schedule.ui.allDatabases"));
        field.setClearButtonVisible(true);
        field.setAllowCustomValue(true);
        field.addCustomValueSetListener(event -> {
            TreeSet<String> chosen = new TreeSet<>(field.getValue());
            chosen.add(event.getDetail().strip());
            items.addAll(chosen);
            field.setItems(List.copyOf(items));
            field.setValue(chosen);
        });
        return listen(
                argument, field, () -> field.getValue().stream().sorted().collect(Collectors.joining("\n")), value -> {
                    TreeSet<String> chosen = value.lines()
                            .filter(line -> !line.isBlank())
                            .collect(Collectors.toCollection(TreeSet::new));
                    items.addAll(chosen);
                    field.setItems(List.copyOf(items));
                    field.setValue(chosen);
                });
    }

    private Field select(ActionArgument argument) {
        Select<String> field = new Select<>();
        field.setManualValidation(true);
        field.setItems(argument.choices());
        field.setItemLabelGenerator(choice -> choice == null
                ? t("server.none")
                : textOr("schedule.choice." + argument.name() + "." + choice, choice));
        field.setEmptySelectionAllowed(!argument.required());
        if (argument.required() && !argument.choices().isEmpty()) {
            field.setValue(argument.choices().getFirst());
        }
        return listen(argument, field, field::getValue, value -> {
            if (!value.isBlank()) {
                field.setValue(value);
            }
        });
    }

    private Field seconds(ActionArgument argument) {
        IntegerField field = new IntegerField();
        field.setManualValidation(true);
        field.setRequiredIndicatorVisible(argument.required());
        field.addClassName("seconds-field");
        field.setMin(1);
        field.setStepButtonsVisible(true);
        field.setSuffixComponent(new Span(t("schedule.ui.seconds")));
        field.setValueChangeMode(ValueChangeMode.LAZY);
        return listen(
                argument,
                field,
                () -> field.getValue() == null ? "" : field.getValue().toString(),
                value -> field.setValue(number(value).orElse(null)));
    }

    private static Optional<Integer> number(String value) {
        try {
            return Optional.of(Integer.valueOf(value.strip()));
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    private <C extends AbstractField<C, ?>> Field listen(
            ActionArgument argument, C field, Supplier<String> value, Consumer<String> setter) {
        field.addValueChangeListener(event -> {
            if (!filling) {
                ((HasValidationProperties) field).setInvalid(false);
                changed.run();
            }
        });
        return new Field(argument, field, value, setter);
    }

    private static String textOr(String key, String otherwise) {
        return Messages.has(key) ? t(key) : otherwise;
    }
}

package io.howdah.schedule.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.howdah.schedule.ActionView;
import io.howdah.schedule.Misfire;
import io.howdah.schedule.ScheduleDraft;
import io.howdah.schedule.ScheduleService;
import io.howdah.schedule.ScheduleView;
import io.howdah.schedule.Timing;
import io.howdah.schedule.WhenStopped;
import io.howdah.server.ServerView;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What to do, when, and what if something is in the way; beside it what would come of it. Errors stand at their fields
 * while the person types.
 */
final class ScheduleForm extends Div {

    private final ScheduleService schedules;
    private final ServerView server;
    private final UUID replaces;
    private final Consumer<UUID> done;
    private final Select<ActionView> action = new Select<>();
    private final ArgumentFields arguments;
    private final TextField name = new TextField(t("schedule.ui.name"));
    private final TimingFields timing;
    private final RadioButtonGroup<Misfire> misfire = new RadioButtonGroup<>(t("schedule.ui.misfire"));
    private final RadioButtonGroup<WhenStopped> whenStopped = new RadioButtonGroup<>(t("schedule.ui.whenStopped"));
    private final PeopleField tell;
    private final PreviewPane preview;
    private final Div problems = new Div();
    private final Button save = new Button(t("schedule.ui.save"), Glyph.CHECK.icon());
    private String suggested = "";
    private boolean filling = true;

    /**
     * @param existing the schedule to change, or null for a new one
     * @param done told the id of what was saved
     */
    ScheduleForm(
            ScheduleService schedules,
            ServerView server,
            ScheduleView existing,
            Consumer<UUID> done,
            Runnable cancelled) {
        this.schedules = schedules;
        this.server = server;
        this.done = done;
        replaces = existing == null ? null : existing.id();
        arguments = new ArgumentFields(schedules, this::changed);
        timing = new TimingFields(this::changed);
        preview = new PreviewPane(schedules);
        tell = new PeopleField(schedules.tellable(server.id()), this::changed);
        addClassName("schedule-columns");
        buildAction();
        buildRest();
        Button cancel = new Button(t("ui.confirm.cancel"), event -> cancelled.run());
        Div buttons = new Div(save, cancel);
        buttons.addClassName("row-actions");
        Div sections = new Div(
                section("schedule.ui.what.title", action, arguments),
                section("schedule.ui.when.title", timing),
                section("schedule.ui.else.title", misfire, whenStopped, tell),
                section("schedule.ui.name.title", name),
                problems,
                buttons);
        sections.addClassName("schedule-sections");
        Div aside = new Div(new H3(t("schedule.ui.preview")), preview);
        aside.addClassNames("card", "schedule-aside");
        add(sections, aside);
        fill(existing);
        filling = false;
        changed();
    }

    private static Section section(String titleKey, Component... content) {
        Section section = new Section(new H3(t(titleKey)));
        section.add(content);
        section.addClassName("card");
        return section;
    }

    private void buildAction() {
        List<ActionView> offered = schedules.actions(server.id());
        action.setLabel(t("schedule.ui.action"));
        action.setManualValidation(true);
        action.setItems(offered);
        action.setItemLabelGenerator(each -> told(each.title()));
        action.setItemEnabledProvider(ActionView::allowed);
        action.addClassName("action-field");
        boolean someRefused = offered.stream().anyMatch(each -> !each.allowed());
        action.setHelperText(someRefused ? t("schedule.ui.action.refused") : null);
        offered.stream().filter(ActionView::allowed).findFirst().ifPresent(action::setValue);
        action.addValueChangeListener(event -> {
            if (event.getValue() != null) {
                arguments.show(server.id(), event.getValue().arguments());
                whenStopped.setVisible(event.getValue().needsRunningServer());
            }
            changed();
        });
    }

    private void buildRest() {
        misfire.setItems(Misfire.values());
        misfire.setItemLabelGenerator(each -> t("schedule.ui.misfire." + JobPage.lower(each)));
        misfire.setValue(Misfire.SKIP);
        misfire.addValueChangeListener(event -> changed());
        whenStopped.setItems(WhenStopped.values());
        whenStopped.setItemLabelGenerator(each -> t("schedule.ui.whenStopped." + JobPage.lower(each)));
        whenStopped.setValue(WhenStopped.SKIP);
        whenStopped.addValueChangeListener(event -> changed());
        List.of(misfire, whenStopped).forEach(group -> group.addClassName("stacked"));
        name.setManualValidation(true);
        name.setHelperText(t("schedule.ui.name.help"));
        name.setValueChangeMode(ValueChangeMode.LAZY);
        name.addClassName("name-field");
        name.addValueChangeListener(event -> changed());
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.setDisableOnClick(true);
        save.addClickListener(event -> save());
    }

    private void fill(ScheduleView existing) {
        if (existing != null) {
            action.getListDataView()
                    .getItems()
                    .filter(each -> each.code().equals(existing.action()))
                    .findFirst()
                    .ifPresent(action::setValue);
        }
        ActionView chosen = action.getValue();
        arguments.show(server.id(), chosen == null ? List.of() : chosen.arguments());
        whenStopped.setVisible(chosen != null && chosen.needsRunningServer());
        if (existing != null) {
            arguments.setValues(existing.arguments());
            timing.setTiming(existing.timing());
            misfire.setValue(existing.misfire());
            whenStopped.setValue(existing.whenStopped());
            tell.setChosen(existing.tellOnFailure());
            name.setValue(existing.name());
        }
    }

    /** What has been filled in, as far as it can be saved; empty while something essential is missing. */
    private Optional<ScheduleDraft> draft() {
        if (action.getValue() == null) {
            return Optional.empty();
        }
        return timing.timing()
                .map(when -> new ScheduleDraft(
                        server.id(),
                        name.getValue().strip(),
                        action.getValue().code(),
                        arguments.values(),
                        when,
                        misfire.getValue(),
                        whenStopped.isVisible() ? whenStopped.getValue() : WhenStopped.SKIP,
                        tell.chosen()));
    }

    private void changed() {
        if (filling) {
            return;
        }
        problems.removeAll();
        name.setInvalid(false);
        suggestName();
        Optional<Timing> valid = timing.validTiming();
        if (valid.isPresent()) {
            preview.showRuns(valid.get());
            preview.showHours(server, replaces, draft().stream().toList());
        } else {
            preview.clear();
        }
        if (valid.isPresent() && arguments.complete()) {
            draft().flatMap(draft -> schedules.check(replaces, draft)).ifPresent(this::showAtField);
        }
    }

    /** The name follows action and time until the person writes one. */
    private void suggestName() {
        boolean own = !name.isEmpty() && !name.getValue().equals(suggested);
        if (own || action.getValue() == null) {
            return;
        }
        timing.validTiming().ifPresent(when -> {
            suggested = WhenWords.suggestedName(told(action.getValue().title()), when.timetable());
            filling = true;
            name.setValue(suggested);
            filling = false;
        });
    }

    private void save() {
        problems.removeAll();
        try {
            boolean argumentsGood = arguments.passes();
            boolean timingGood = timing.passes();
            boolean actionGood = action.getValue() != null;
            if (!argumentsGood || !timingGood || !actionGood) {
                Paragraph look = new Paragraph(t("schedule.ui.incomplete"));
                look.addClassName("field-error");
                look.getElement().setAttribute("role", "alert");
                problems.add(look);
                return;
            }
            ScheduleDraft draft = draft().orElseThrow();
            if (replaces == null) {
                done.accept(schedules.create(draft));
            } else {
                schedules.change(replaces, draft);
                done.accept(replaces);
            }
        } catch (ProblemException refused) {
            showAtField(refused.problem());
            problems.add(new ProblemNotice(refused.problem()));
        } finally {
            save.setEnabled(true);
        }
    }

    private void showAtField(Problem problem) {
        if (arguments.show(problem) || timing.show(problem) || problem.field() == null) {
            return;
        }
        Map<String, Runnable> places = Map.of(
                "name",
                () -> {
                    name.setErrorMessage(told(problem).inWords());
                    name.setInvalid(true);
                },
                "action",
                () -> {
                    action.setErrorMessage(told(problem).inWords());
                    action.setInvalid(true);
                });
        places.getOrDefault(problem.field(), () -> {}).run();
    }
}

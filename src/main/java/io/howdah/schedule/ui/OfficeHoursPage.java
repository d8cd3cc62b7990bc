package io.howdah.schedule.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.timepicker.TimePicker;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.schedule.ScheduleDraft;
import io.howdah.schedule.ScheduleService;
import io.howdah.server.ServerView;
import io.howdah.server.ui.ServerLayout;
import io.howdah.server.ui.ServerPage;
import io.howdah.shared.ProblemException;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.Zones;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;

/** The usual wish in one step: a server that runs while people work, and is stopped otherwise. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/schedules/office-hours", layout = ServerLayout.class)
@StyleSheet("context://styles/schedule.css")
public class OfficeHoursPage extends ServerPage implements BeforeEnterObserver {

    private static final LocalTime START = LocalTime.of(8, 0);
    private static final LocalTime STOP = LocalTime.of(19, 0);

    private final ScheduleService schedules;
    private final Access access;
    private final Div body = new Div();
    private UUID builtFor;
    private ServerView server;
    private TimePicker start;
    private TimePicker stop;
    private CheckboxGroup<DayOfWeek> days;
    private ComboBox<ZoneId> zone;
    private PeopleField tell;
    private PreviewPane preview;
    private Div problems;
    private Button save;

    @Inject
    public OfficeHoursPage(ScheduleService schedules, Access access) {
        super("schedule.ui.office.title", true);
        this.schedules = schedules;
        this.access = access;
        Paragraph intro = new Paragraph(t("schedule.ui.office.text"));
        intro.addClassName("quiet");
        add(intro, body);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        builtFor = null;
    }

    @Override
    protected void show(ServerView now) {
        server = now;
        if (now.id().equals(builtFor)) {
            return;
        }
        builtFor = now.id();
        body.removeAll();
        if (access.may(Permission.SCHEDULES_WRITE, Scope.server(now.teamId(), now.id()))) {
            build();
        } else {
            body.add(new EmptyState(
                    Glyph.LOCK,
                    t("schedule.ui.notAllowed"),
                    t("schedule.ui.notAllowed.what", Permission.SCHEDULES_WRITE.action()),
                    null));
        }
    }

    private void build() {
        start = DateFields.time(t("schedule.ui.office.startAt"));
        stop = DateFields.time(t("schedule.ui.office.stopAt"));
        start.setValue(START);
        stop.setValue(STOP);
        days = TimingFields.weekdays();
        days.setValue(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
        zone = Zones.field(t("schedule.ui.zone"), Zones.mine());
        tell = new PeopleField(schedules.tellable(server.id()), this::changed);
        preview = new PreviewPane(schedules);
        problems = new Div();
        save = new Button(t("schedule.ui.office.save"), Glyph.CHECK.icon());
        start.addValueChangeListener(event -> changed());
        stop.addValueChangeListener(event -> changed());
        days.addValueChangeListener(event -> changed());
        zone.addValueChangeListener(event -> changed());
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.setDisableOnClick(true);
        save.addClickListener(event -> save());
        Div times = new Div(start, stop, zone);
        times.addClassName("field-grid");
        Section form = new Section(new H3(t("schedule.ui.when.title")), days, times, tell);
        form.addClassName("card");
        Button cancel = new Button(t("ui.confirm.cancel"), event -> EditorPage.leave(server, List.of()));
        Div buttons = new Div(save, cancel);
        buttons.addClassName("row-actions");
        Div sections = new Div(form, problems, buttons);
        sections.addClassName("schedule-sections");
        Div aside = new Div(new H3(t("schedule.ui.preview")), preview);
        aside.addClassNames("card", "schedule-aside");
        Div columns = new Div(sections, aside);
        columns.addClassName("schedule-columns");
        body.add(columns);
        changed();
    }

    private boolean complete() {
        return start.getValue() != null
                && stop.getValue() != null
                && zone.getValue() != null
                && !days.getValue().isEmpty();
    }

    private List<ScheduleDraft> drafts() {
        return Drafts.officeHours(
                server.id(), days.getValue(), start.getValue(), stop.getValue(), zone.getValue(), tell.chosen());
    }

    private void changed() {
        problems.removeAll();
        days.setInvalid(false);
        if (complete()) {
            preview.showOnlyHours(server, drafts());
        } else {
            preview.clear();
        }
    }

    private void save() {
        problems.removeAll();
        try {
            if (!complete()) {
                if (days.getValue().isEmpty()) {
                    days.setErrorMessage(t("schedule.ui.days.missing"));
                    days.setInvalid(true);
                }
                Paragraph look = new Paragraph(t("schedule.ui.incomplete"));
                look.addClassName("field-error");
                look.getElement().setAttribute("role", "alert");
                problems.add(look);
                return;
            }
            EditorPage.leave(server, schedules.createAll(drafts()));
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
        } finally {
            save.setEnabled(true);
        }
    }
}

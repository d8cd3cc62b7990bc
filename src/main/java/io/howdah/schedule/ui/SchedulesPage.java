package io.howdah.schedule.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.schedule.Preview;
import io.howdah.schedule.ScheduleService;
import io.howdah.schedule.ScheduleView;
import io.howdah.server.ServerView;
import io.howdah.server.ui.ActionButton;
import io.howdah.server.ui.ServerLayout;
import io.howdah.server.ui.ServerPage;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Address;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Live;
import io.howdah.shell.ProblemNotice;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a server does by itself: its schedules, what they come to in a week, and new ones. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/schedules", layout = ServerLayout.class)
@StyleSheet("context://styles/schedule.css")
public class SchedulesPage extends ServerPage implements BeforeEnterObserver {

    /** The address's parameter that names schedules just saved, by their ids with commas between. */
    static final String SAVED = "saved";

    private final ScheduleService schedules;
    private final Access access;
    private final Live live;
    private final ScheduleGrid grid;
    private final Div body = new Div();
    private final Div hours = new Div();
    private final WeekStrip strip = new WeekStrip();
    private final Span saving = new Span();
    private final ActionButton add = new ActionButton(t("schedule.ui.add"), Glyph.PLUS, () -> open("new")).primary();
    private final ActionButton officeHours =
            new ActionButton(t("schedule.ui.office.title"), Glyph.SUN, () -> open("office-hours"));
    private final Div buttons = new Div(add, officeHours);
    private Div ear = new Div();
    private List<UUID> saved = List.of();
    private ServerView server;
    private List<ScheduleView> shown;

    @Inject
    public SchedulesPage(ScheduleService schedules, JobActions actions, Access access, Live live) {
        super("server.page.schedules", true);
        this.schedules = schedules;
        this.access = access;
        this.live = live;
        grid = new ScheduleGrid(actions, this::load);
        Paragraph intro = new Paragraph(t("schedule.ui.what"));
        intro.addClassName("quiet");
        buttons.addClassName("row-actions");
        saving.addClassName("preview-saving");
        Section week = new Section(new H3(t("schedule.ui.hours.title")), strip, saving);
        week.addClassNames("card", "hours-card");
        hours.add(week);
        add(intro, buttons, body, hours, ear);
    }

    /** The address of a server's schedules. */
    static String address(String server) {
        return "servers/" + server + "/schedules";
    }

    /** The address's parameters for a list that points out some schedules. */
    static QueryParameters pointingOut(List<UUID> saved) {
        return QueryParameters.of(SAVED, saved.stream().map(UUID::toString).collect(Collectors.joining(",")));
    }

    private static List<UUID> ids(String text) {
        List<UUID> ids = new ArrayList<>();
        for (String each : text.split(",")) {
            try {
                ids.add(UUID.fromString(each));
            } catch (IllegalArgumentException notOne) {
                // an address may say anything
                continue;
            }
        }
        return ids;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        saved = Address.value(event.getLocation(), SAVED)
                .map(SchedulesPage::ids)
                .orElse(List.of());
        shown = null;
    }

    @Override
    protected void show(ServerView now) {
        if (server == null || !server.id().equals(now.id())) {
            remove(ear);
            ear = new Div();
            ear.setVisible(false);
            live.schedules(ear, now.id(), this::load);
            add(ear);
        }
        server = now;
        boolean may = access.may(Permission.SCHEDULES_WRITE, Scope.server(now.teamId(), now.id()));
        Optional<String> refusal =
                may ? Optional.empty() : Optional.of(t("ui.notPermitted", Permission.SCHEDULES_WRITE.action()));
        add.refuse(refusal);
        officeHours.refuse(refusal);
        load();
    }

    private void load() {
        try {
            List<ScheduleView> now = schedules.ofServer(server.id());
            if (!now.equals(shown)) {
                shown = now;
                showList();
            }
            showHours();
        } catch (ProblemException refused) {
            shown = null;
            body.removeAll();
            body.add(new ProblemNotice(refused.problem()));
            hours.setVisible(false);
        }
    }

    private void showList() {
        buttons.setVisible(!shown.isEmpty());
        if (shown.isEmpty()) {
            body.removeAll();
            body.add(offer());
            return;
        }
        grid.show(shown, saved);
        if (grid.getParent().isEmpty()) {
            body.removeAll();
            body.add(grid);
        }
    }

    /** What stands there when there is nothing yet: the usual wish first, anything else beside it. */
    private Div offer() {
        boolean may = access.may(Permission.SCHEDULES_WRITE, Scope.server(server.teamId(), server.id()));
        if (!may) {
            return new EmptyState(
                    Glyph.CALENDAR_CLOCK,
                    t("schedule.ui.none"),
                    t("schedule.ui.none.reader", Permission.SCHEDULES_WRITE.action()),
                    null);
        }
        Div both = new Div(
                card(Glyph.SUN, "schedule.ui.office", "office-hours"),
                card(Glyph.CALENDAR_CLOCK, "schedule.ui.other", "new"));
        both.addClassName("schedule-offers");
        return both;
    }

    private Anchor card(Glyph glyph, String key, String page) {
        Span title = new Span(t(key + ".title"));
        title.addClassName("strong");
        Span text = new Span(t(key + ".text"));
        text.addClassName("quiet");
        Div texts = new Div(title, text);
        texts.addClassName("two-lines");
        Anchor card = new Anchor(address(server.name()) + "/" + page, glyph.icon(), texts, Glyph.ARROW_RIGHT.icon());
        card.addClassNames("card", "schedule-offer");
        return card;
    }

    private void showHours() {
        List<ScheduleView> deciding = shown.stream()
                .filter(schedule -> !schedule.paused() && RunningHours.decides(schedule.action()))
                .toList();
        hours.setVisible(!deciding.isEmpty());
        if (deciding.isEmpty()) {
            return;
        }
        ScheduleView first = deciding.getFirst();
        strip.show(
                deciding.stream()
                        .map(schedule -> new WeekStrip.Deciding(schedule.action(), schedule.timing()))
                        .toList(),
                first.timing().zone(),
                PreviewPane.runs(server));
        Preview preview = schedules.preview(first.id(), List.of(Drafts.of(first)));
        saving.setVisible(preview.savedPerWeek() != null);
        if (preview.savedPerWeek() != null) {
            saving.setText(PreviewPane.hours(preview.runningPerWeek(), preview.savedPerWeek()));
        }
    }

    private void open(String page) {
        UI.getCurrent().navigate(address(server.name()) + "/" + page);
    }
}

package io.howdah.schedule.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.schedule.ScheduleService;
import io.howdah.schedule.ScheduleView;
import io.howdah.server.ServerView;
import io.howdah.server.ui.ServerLayout;
import io.howdah.server.ui.ServerPage;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/** The page on which one schedule is made or changed. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/schedules/:schedule", layout = ServerLayout.class)
@StyleSheet("context://styles/schedule.css")
public class EditorPage extends ServerPage implements BeforeEnterObserver {

    private static final String NEW = "new";

    private final ScheduleService schedules;
    private final Access access;
    private final Div body = new Div();
    private String wanted = NEW;
    private UUID builtFor;

    @Inject
    public EditorPage(ScheduleService schedules, Access access) {
        super("schedule.ui.editor.title", true);
        this.schedules = schedules;
        this.access = access;
        body.addClassName("schedule-editor");
        add(body);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        wanted = event.getRouteParameters().get("schedule").orElse(NEW);
        builtFor = null;
    }

    /** Builds the form once; what a person has typed outlives every change of the server. */
    @Override
    protected void show(ServerView server) {
        if (server.id().equals(builtFor)) {
            return;
        }
        builtFor = server.id();
        body.removeAll();
        try {
            if (!access.may(Permission.SCHEDULES_WRITE, Scope.server(server.teamId(), server.id()))) {
                body.add(new EmptyState(
                        Glyph.LOCK,
                        t("schedule.ui.notAllowed"),
                        t("schedule.ui.notAllowed.what", Permission.SCHEDULES_WRITE.action()),
                        null));
                return;
            }
            ScheduleView existing = wanted.equals(NEW) ? null : found(server);
            Paragraph intro = new Paragraph(
                    existing == null ? t("schedule.ui.editor.new") : t("schedule.ui.editor.change", existing.name()));
            intro.addClassName("quiet");
            body.add(
                    intro,
                    new ScheduleForm(
                            schedules,
                            server,
                            existing,
                            id -> leave(server, List.of(id)),
                            () -> leave(server, List.of())));
        } catch (ProblemException refused) {
            body.add(new ProblemNotice(refused.problem()));
        }
    }

    private ScheduleView found(ServerView server) {
        return schedules.ofServer(server.id()).stream()
                .filter(each -> each.id().toString().equals(wanted))
                .findFirst()
                .orElseThrow(() -> Problem.of(ProblemCode.NotFound, t("schedule.ui.one"), wanted)
                        .raise());
    }

    /** @param saved what the list points out, none when nothing was saved */
    static void leave(ServerView server, List<UUID> saved) {
        UI ui = UI.getCurrent();
        if (saved.isEmpty()) {
            ui.navigate(SchedulesPage.address(server.name()));
        } else {
            ui.navigate(SchedulesPage.address(server.name()), SchedulesPage.pointingOut(saved));
        }
    }
}

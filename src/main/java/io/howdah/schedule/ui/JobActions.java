package io.howdah.schedule.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.notification.Notification;
import io.howdah.access.Access;
import io.howdah.schedule.JobService;
import io.howdah.schedule.ScheduleService;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Confirm;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be done with a job, and doing it, after asking once more where a server would notice. */
@Dependent
class JobActions {

    /** One thing that can be done. */
    enum Verb {
        RUN_NOW(Glyph.PLAY),
        PAUSE(Glyph.CIRCLE_PAUSE),
        RESUME(Glyph.CIRCLE_PLAY),
        EDIT(Glyph.PENCIL),
        DELETE(Glyph.TRASH_2);

        private final Glyph glyph;

        Verb(Glyph glyph) {
            this.glyph = glyph;
        }

        Glyph glyph() {
            return glyph;
        }

        String title() {
            return t("jobs.action." + name().toLowerCase(Locale.ROOT));
        }
    }

    private static final int NOTE_MILLIS = 4_000;

    @Inject
    private JobService jobs;

    @Inject
    private ScheduleService schedules;

    @Inject
    private Access access;

    /** What makes sense for this job as it is now. */
    List<Verb> offered(JobRef job) {
        List<Verb> offered = new ArrayList<>(List.of(Verb.RUN_NOW, job.paused() ? Verb.RESUME : Verb.PAUSE));
        if (!job.standing()) {
            offered.addAll(List.of(Verb.EDIT, Verb.DELETE));
        }
        return offered;
    }

    /** Why the person may not do any of it, empty when they may. */
    Optional<String> refusal(JobRef job) {
        return access.may(job.needed(), job.scope())
                ? Optional.empty()
                : Optional.of(t("ui.notPermitted", job.needed().action()));
    }

    /** @param after runs once it is done, not when the person thought better of it */
    void begin(Verb verb, JobRef job, Runnable after) {
        switch (verb) {
            case RUN_NOW -> runNow(job, after);
            case PAUSE -> attempt(() -> jobs.pause(job.key()), t("jobs.note.pause", job.title()), after);
            case RESUME -> attempt(() -> jobs.resume(job.key()), t("jobs.note.resume", job.title()), after);
            case EDIT -> UI.getCurrent().navigate(job.editHref());
            case DELETE ->
                Confirm.ask(
                        t("jobs.delete.title", job.title()),
                        new Paragraph(t("jobs.delete.text", job.serverName())),
                        Verb.DELETE.title(),
                        () -> {
                            schedules.delete(job.scheduleId());
                            note(t("jobs.note.delete", job.title()));
                            after.run();
                        });
        }
    }

    private void runNow(JobRef job, Runnable after) {
        String done = t("jobs.note.run_now", job.title());
        if (job.standing()) {
            attempt(() -> jobs.runNow(job.key()), done, after);
            return;
        }
        Confirm.ask(
                t("jobs.runNow.title", job.title()),
                new Div(
                        new Paragraph(t("jobs.runNow.text", job.serverName())),
                        new Paragraph(t("jobs.runNow.timetable"))),
                Verb.RUN_NOW.title(),
                () -> {
                    schedules.runNow(job.scheduleId());
                    note(done);
                    after.run();
                });
    }

    private static void attempt(Runnable act, String done, Runnable after) {
        try {
            act.run();
            note(done);
        } catch (ProblemException refused) {
            ProblemNotice.show(refused.problem());
        }
        after.run();
    }

    private static void note(String text) {
        Notification.show(text, NOTE_MILLIS, Notification.Position.BOTTOM_START);
    }
}

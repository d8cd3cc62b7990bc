package io.howdah.schedule.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.schedule.JobService;
import io.howdah.schedule.JobView;
import io.howdah.schedule.ScheduleService;
import io.howdah.schedule.ScheduleView;
import io.howdah.server.ui.ActionButton;
import io.howdah.server.ui.Facts;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Live;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.Zones;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** One job: what it does and when, its runs up to now, and what can be done with it. */
@CdiComponent
@PermitAll
@Route("jobs/:key")
@StyleSheet("context://styles/servers.css")
@StyleSheet("context://styles/schedule.css")
public class JobPage extends Page implements BeforeEnterObserver {

    private final JobService jobs;
    private final ScheduleService schedules;
    private final JobActions actions;
    private final Access access;
    private final Div about = new Div();
    private PageHeader header;
    private RunHistory history;
    private JobView shown;

    @Inject
    public JobPage(JobService jobs, ScheduleService schedules, JobActions actions, Access access, Live live) {
        super("ui.page.jobs");
        this.jobs = jobs;
        this.schedules = schedules;
        this.actions = actions;
        this.access = access;
        live.schedules(this, this::refresh);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        JobView job = jobs.get(event.getRouteParameters().get("key").orElse(""));
        setName(t("jobs.page.name", told(job.title())));
        removeAll();
        shown = null;
        header = new PageHeader(told(job.title()));
        about.addClassNames("card", "job-about");
        history = new RunHistory(jobs, schedules, job.key(), !job.standing());
        Div runs = new Div(new H2(t("jobs.history")), history);
        runs.addClassName("job-runs");
        add(header, about, runs);
        show(job);
    }

    private void refresh() {
        try {
            JobView now = jobs.get(shown.key());
            if (!now.equals(shown)) {
                show(now);
            }
            history.refresh();
        } catch (ProblemException gone) {
            // deleted meanwhile, here or by somebody else
            UI.getCurrent().navigate(JobsAddress.PAGE);
        }
    }

    private void show(JobView job) {
        shown = job;
        JobRef ref = JobRef.of(job);
        header.setTitle(told(job.title()));
        if (job.paused()) {
            header.beside(new PausedBadge());
        } else {
            header.beside();
        }
        Anchor back = new Anchor(JobsAddress.PAGE, t("ui.page.jobs"));
        if (job.serverName() == null) {
            header.below(back, new Span("/"), new Span(t("jobs.own")));
        } else {
            header.below(
                    back,
                    new Span("/"),
                    new Anchor(SchedulesPage.address(job.serverName()), t("jobs.schedulesOf", job.serverName())));
        }
        Optional<String> refusal = actions.refusal(ref);
        header.setActions(actions.offered(ref).stream()
                .map(verb -> button(verb, ref, refusal))
                .toArray(Component[]::new));
        Div all = new Div(facts(job));
        all.addClassName("job-facts");
        if (!job.standing() && access.may(Permission.SCHEDULES_READ, ref.scope())) {
            all.add(details(schedules.get(job.scheduleId())));
        }
        about.removeAll();
        about.add(new H2(t("jobs.about")), all);
    }

    private Component button(JobActions.Verb verb, JobRef job, Optional<String> refusal) {
        ActionButton button = new ActionButton(
                verb.title(),
                verb.glyph(),
                () -> actions.begin(
                        verb,
                        job,
                        verb == JobActions.Verb.DELETE
                                ? () -> UI.getCurrent().navigate(JobsAddress.PAGE)
                                : this::refresh));
        if (verb == JobActions.Verb.RUN_NOW) {
            button.primary();
        } else if (verb == JobActions.Verb.DELETE) {
            button.addThemeVariants(ButtonVariant.ERROR);
        }
        button.refuse(refusal);
        return button;
    }

    private static Component facts(JobView job) {
        Facts facts = new Facts();
        facts.add(t("jobs.does"), told(job.what()));
        facts.add(t("jobs.timetable"), job.words());
        facts.add(t("jobs.next"), RunCells.next(job.nextRuns(), Integer.MAX_VALUE, job.paused(), Zones.mine()));
        facts.add(t("jobs.last"), RunCells.last(job.lastRun()));
        if (job.serverName() != null) {
            facts.add(t("jobs.server"), new Anchor("servers/" + job.serverName(), job.serverName()));
        }
        if (job.createdBy() != null) {
            facts.add(t("jobs.createdBy"), job.createdBy());
        }
        return facts;
    }

    private static Component details(ScheduleView schedule) {
        Facts facts = new Facts();
        facts.add(t("schedule.ui.action"), told(schedule.actionTitle()));
        new TreeMap<>(schedule.arguments())
                .forEach((name, value) -> facts.add(ArgumentFields.label(name), argument(value)));
        facts.add(t("schedule.ui.missedRuns"), t("schedule.ui.misfire." + lower(schedule.misfire())));
        facts.add(t("schedule.ui.runsAs"), schedule.runsAs());
        return facts;
    }

    private static Component argument(String value) {
        Span text = new Span(value);
        text.addClassNames("argument-value", "mono");
        return text;
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

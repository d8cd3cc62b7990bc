package io.howdah.backup.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.howdah.backup.CheckResult;
import io.howdah.backup.RehearsalService;
import io.howdah.backup.RehearsalView;
import io.howdah.backup.ServerRehearsals;
import io.howdah.server.ui.ActionButton;
import io.howdah.server.ui.Facts;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Whether it has been proved that a server can be restored: when, how long it took, what was wrong, and what is asked. */
final class RehearsalCard extends Section {

    private final RehearsalService service;
    private final ZoneId zone;
    private final Consumer<UUID> begun;
    private final Div state = new Div();
    private final Div problems = new Div();
    private final Div details = new Div();
    private final ActionButton now = new ActionButton(t("backup.rehearsal.now"), Glyph.PLAY, this::rehearse);
    private final CheckList checks;
    private UUID serverId;

    /** @param begun shows the progress of an operation that was begun here */
    RehearsalCard(RehearsalService service, ZoneId zone, Consumer<UUID> begun) {
        this.service = service;
        this.zone = zone;
        this.begun = begun;
        this.checks = new CheckList(service);
        addClassNames("card", "rehearsal-card");
        state.addClassName("words");
        Div head = new Div(state, now);
        head.addClassNames("rehearsal-head");
        details.addClassName("rehearsal-details");
        Paragraph what = new Paragraph(t("backup.rehearsal.what"));
        what.addClassName("quiet");
        add(new H3(t("backup.rehearsal.title")), what, head, problems, details, checks);
    }

    /**
     * @param mayRehearse why the person can't have it rehearsed now, if so
     * @param mayCheck why the person can't change checks, if so
     */
    void show(UUID server, ServerRehearsals rehearsals, Optional<String> mayRehearse, Optional<String> mayCheck) {
        serverId = server;
        Optional<RehearsalView> newest = rehearsals.newest();
        state.removeAll();
        state.add(RehearsalBadge.of(newest.orElse(null)));
        newest.ifPresent(one -> state.add(new RelativeTime(one.endedAt())));
        now.refuse(mayRehearse.or(
                () -> rehearsals.underWay() ? Optional.of(t("backup.rehearsal.underWay")) : Optional.empty()));
        details.removeAll();
        newest.ifPresent(one -> details.add(problem(one)));
        details.add(facts(rehearsals, newest.orElse(null)));
        if (!rehearsals.history().isEmpty()) {
            details.add(new H4(t("backup.rehearsal.history")), history(rehearsals.history()));
        }
        checks.show(server, rehearsals.checks(), mayCheck);
    }

    private static Component problem(RehearsalView one) {
        Div words = new Div();
        if (one.problem() != null) {
            Div note = new Div(Glyph.TRIANGLE_ALERT.icon(), new Span(told(one.problem()) + " " + told(one.hint())));
            note.addClassName("note");
            note.getElement().setAttribute("role", "alert");
            words.add(note);
        }
        one.checks().stream()
                .filter(check -> !check.passed())
                .forEach(check ->
                        words.add(new Paragraph(t("backup.rehearsal.checks.failed", check.name(), check.said()))));
        return words;
    }

    private Facts facts(ServerRehearsals rehearsals, RehearsalView newest) {
        Facts facts = new Facts();
        if (newest != null) {
            if (newest.recoverySeconds() != null) {
                facts.add(t("backup.rehearsal.took"), RehearsalBadge.seconds(newest.recoverySeconds()));
            }
            if (newest.recoveryPointSeconds() != null) {
                facts.add(
                        t("backup.rehearsal.lost"),
                        t("backup.rehearsal.seconds.most", RehearsalBadge.seconds(newest.recoveryPointSeconds())));
            }
            facts.add(t("backup.rehearsal.backup"), newest.backupLabel());
            facts.add(t("backup.rehearsal.instant"), BackupWords.both(newest.instant(), zone));
            long passed = newest.checks().stream().filter(CheckResult::passed).count();
            if (passed > 0) {
                facts.add(t("backup.rehearsal.checks"), t("backup.rehearsal.checks.passed", passed));
            }
        }
        facts.add(
                t("backup.rehearsal.next"),
                rehearsals.nextAt() == null
                        ? new Span(t("backup.rehearsal.next.none"))
                        : new Span(new RelativeTime(rehearsals.nextAt())));
        return facts;
    }

    private static UnorderedList history(List<RehearsalView> all) {
        UnorderedList list = new UnorderedList();
        list.addClassName("rehearsal-history");
        for (RehearsalView one : all) {
            Anchor steps = new Anchor("operations/" + one.id(), t("backup.rehearsal.operation"));
            ListItem item = new ListItem(RehearsalBadge.inHistory(one), new RelativeTime(one.askedAt()));
            if (one.recoverySeconds() != null) {
                item.add(new Span(RehearsalBadge.seconds(one.recoverySeconds())));
            }
            item.add(steps);
            if (one.problem() != null) {
                Span why = new Span(told(one.problem()));
                why.addClassName("quiet");
                item.add(why);
            }
            list.add(item);
        }
        return list;
    }

    private void rehearse() {
        problems.removeAll();
        try {
            begun.accept(service.rehearse(serverId));
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
        }
    }
}

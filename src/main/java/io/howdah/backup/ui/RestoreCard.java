package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import io.howdah.backup.BackupView;
import io.howdah.backup.Estimate;
import io.howdah.backup.RestorePreview;
import io.howdah.backup.ServerBackups;
import io.howdah.backup.TargetChoice;
import io.howdah.engine.RecoverySpan;
import io.howdah.server.ui.Amounts;
import io.howdah.server.ui.Facts;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.Texts;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What is to be restored: on the timeline, by its time, or by its backup; and what that comes to. */
final class RestoreCard extends Section {

    private final BackupPanel.Services services;
    private final ZoneId zone;
    private final Timeline timeline;
    private final UnorderedList gaps = new UnorderedList();
    private final RadioButtonGroup<TargetChoice.Kind> kind = new RadioButtonGroup<>(t("backup.restore.target"));
    private final DateTimePicker time;
    private final Select<BackupView> backup = new Select<>();
    private final Div preview = new Div();
    private final RestoreWhere where;
    private ServerBackups shown;

    RestoreCard(BackupPanel.Services services, ZoneId zone, java.util.function.Consumer<UUID> begun) {
        this.services = services;
        this.zone = zone;
        time = BackupWords.timeField(zone);
        timeline = new Timeline(zone, instant -> choose(instant));
        where = new RestoreWhere(services, begun, this::choice);
        addClassName("card");
        setId("restore");
        gaps.addClassName("timeline-gaps");
        kind.setItems(TargetChoice.Kind.values());
        kind.setItemLabelGenerator(
                each -> t("backup.restore.target." + each.name().toLowerCase(Locale.ROOT)));
        kind.setValue(TargetChoice.Kind.LATEST);
        kind.addValueChangeListener(event -> arrange());
        time.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                timeline.point(instant());
                arrange();
            }
        });
        backup.setLabel(t("backup.restore.backup"));
        backup.setItemLabelGenerator(each -> each == null
                ? ""
                : t("backup.restore.backupOf", BackupWords.title(each), BackupWords.both(each.endedAt(), zone)));
        backup.addValueChangeListener(event -> arrange());
        preview.addClassName("restore-preview");
        preview.getElement().setAttribute("aria-live", "polite");
        Div target = new Div(kind, time, backup);
        target.addClassName("restore-target");
        add(new H3(t("backup.restore.title")), timeline, legend(), gaps, target, preview, where);
    }

    private static Div legend() {
        Div legend = new Div();
        legend.addClassName("timeline-legend");
        for (String key : List.of("band", "gap", "full", "partial")) {
            Span each = new Span(t("backup.timeline." + key));
            each.addClassNames("timeline-key", "timeline-key-" + key);
            legend.add(each);
        }
        return legend;
    }

    /** Shows what can be restored now; what a person has chosen stays. */
    void show(ServerBackups backups, java.util.Optional<String> refusal) {
        shown = backups;
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        boolean spans = !backups.spans().isEmpty();
        timeline.setVisible(spans);
        if (spans) {
            timeline.show(backups, now);
            showGaps(backups.spans());
            if (time.getValue() == null) {
                Instant latest = backups.latest().truncatedTo(ChronoUnit.SECONDS);
                time.setValue(LocalDateTime.ofInstant(latest, zone));
                timeline.point(latest);
            }
        }
        UUID chosen = backup.getValue() == null ? null : backup.getValue().id();
        List<BackupView> there =
                backups.backups().stream().filter(each -> !each.underWay()).toList();
        if (!there.equals(items)) {
            items = there;
            backup.setItems(there);
            backup.setValue(there.stream()
                    .filter(each -> each.id().equals(chosen))
                    .findFirst()
                    .orElse(there.isEmpty() ? null : there.getFirst()));
        }
        where.show(backups, refusal);
        arrange();
    }

    private List<BackupView> items = List.of();

    private void showGaps(List<RecoverySpan> spans) {
        gaps.removeAll();
        for (int i = 1; i < spans.size(); i++) {
            RecoverySpan before = spans.get(i - 1);
            Instant from = spans.get(i).from();
            if (before.until().isBefore(from)) {
                gaps.add(new ListItem(t(
                        before.missing() == null ? "backup.timeline.gapOf" : "backup.timeline.gapMissing",
                        BackupWords.both(before.until(), zone),
                        BackupWords.both(from, zone),
                        String.valueOf(before.missing()))));
            }
        }
        gaps.setVisible(gaps.getComponentCount() > 0);
    }

    void choose(Instant instant) {
        timeline.point(instant);
        time.setValue(LocalDateTime.ofInstant(instant, zone));
        kind.setValue(TargetChoice.Kind.TIME);
        arrange();
    }

    /** Chooses a backup from the list. */
    void choose(BackupView wanted) {
        backup.setValue(items.stream()
                .filter(each -> each.id().equals(wanted.id()))
                .findFirst()
                .orElse(null));
        kind.setValue(TargetChoice.Kind.BACKUP);
        UI.getCurrent().getPage().executeJs("$0.scrollIntoView()", getElement());
        backup.focus();
    }

    private Instant instant() {
        return time.getValue() == null ? null : time.getValue().atZone(zone).toInstant();
    }

    private TargetChoice choice() {
        return switch (kind.getValue()) {
            case LATEST -> TargetChoice.latest();
            case TIME -> TargetChoice.at(instant());
            case BACKUP ->
                TargetChoice.backup(
                        backup.getValue() == null ? null : backup.getValue().id());
        };
    }

    private void arrange() {
        if (shown == null) {
            return;
        }
        time.setVisible(kind.getValue() == TargetChoice.Kind.TIME);
        backup.setVisible(kind.getValue() == TargetChoice.Kind.BACKUP);
        RestorePreview comesTo = services.restores().preview(shown.serverId(), choice());
        preview.removeAll();
        where.possible(comesTo.at());
        if (comesTo.refusal() != null) {
            preview.add(new ProblemNotice(comesTo.refusal()));
            return;
        }
        Facts facts = new Facts();
        facts.add(
                t("backup.restore.at"),
                t(
                        comesTo.archives() && kind.getValue() == TargetChoice.Kind.LATEST
                                ? "backup.restore.at.now"
                                : "backup.restore.at.then",
                        BackupWords.both(comesTo.at(), zone)));
        if (comesTo.base() != null) {
            facts.add(
                    t("backup.restore.from"),
                    t(
                            "backup.restore.from.of",
                            BackupWords.title(comesTo.base()),
                            Amounts.bytes(comesTo.base().databaseBytes())));
        }
        facts.add(t("backup.restore.long"), longWords(comesTo.estimate()));
        preview.add(facts);
        if (comesTo.archives()) {
            preview.add(quiet(t("backup.restore.archives")));
        }
    }

    private static String longWords(Estimate estimate) {
        return estimate == null
                ? t("backup.restore.long.unknown")
                : t(
                        estimate.own() ? "backup.restore.long.own" : "backup.restore.long.others",
                        Texts.duration(estimate.duration()),
                        estimate.restores());
    }

    private static Paragraph quiet(String text) {
        Paragraph paragraph = new Paragraph(text);
        paragraph.addClassName("quiet");
        return paragraph;
    }
}

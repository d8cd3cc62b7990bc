package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.timepicker.TimePicker;
import io.howdah.approval.ui.SecondPerson;
import io.howdah.backup.BackupService;
import io.howdah.backup.Policy;
import io.howdah.backup.RehearsalDay;
import io.howdah.backup.RehearsalPlan;
import io.howdah.backup.RehearsalService;
import io.howdah.backup.ServerBackups;
import io.howdah.engine.BackupKind;
import io.howdah.server.ui.ActionButton;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemException;
import io.howdah.shell.ProblemNotice;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.Optional;
import java.util.UUID;

/** When a server is backed up by itself, and how far back it can be restored. */
final class PolicyCard extends Section {

    private final BackupService service;
    private final RehearsalService rehearsals;
    private final IntegerField retention = new IntegerField(t("backup.policy.retention"));
    private final TimePicker time = new TimePicker(t("backup.policy.time"));
    private final Select<DayOfWeek> fullDay = new Select<>();
    private final Select<BackupKind> daily = new Select<>();
    private final Select<RehearsalDay> rehearsal = new Select<>();
    private final ActionButton save = new ActionButton(t("backup.policy.save"), null, this::save);
    private final Div problems = new Div();
    private UUID serverId;
    private Policy shown;
    private RehearsalPlan plan;

    PolicyCard(BackupService service, RehearsalService rehearsals) {
        this.service = service;
        this.rehearsals = rehearsals;
        addClassName("card");
        retention.setStepButtonsVisible(true);
        retention.setMin(Policy.MIN_RETENTION);
        retention.setMax(Policy.MAX_RETENTION);
        retention.setSuffixComponent(new Span(t("backup.policy.days")));
        retention.setHelperText(t("backup.policy.retention.help"));
        time.setLocale(Messages.language().region());
        time.setStep(Duration.ofMinutes(15));
        time.setHelperText(t("backup.policy.time.help"));
        fullDay.setLabel(t("backup.policy.fullDay"));
        fullDay.setItems(DayOfWeek.values());
        fullDay.setItemLabelGenerator(PolicyCard::words);
        daily.setLabel(t("backup.policy.daily"));
        daily.setItems(BackupKind.INCREMENTAL, BackupKind.DIFFERENTIAL, BackupKind.FULL);
        daily.setItemLabelGenerator(BackupWords::kind);
        daily.setHelperText(t("backup.policy.daily.help"));
        rehearsal.setLabel(t("backup.policy.rehearsal"));
        rehearsal.setItems(RehearsalDay.values());
        rehearsal.setItemLabelGenerator(PolicyCard::words);
        Div fields = new Div(retention, time, fullDay, daily, rehearsal);
        fields.addClassName("policy-fields");
        Paragraph what = new Paragraph(t("backup.policy.what"));
        what.addClassName("quiet");
        Div actions = new Div(save);
        actions.addClassName("row-actions");
        add(new H3(t("backup.policy.title")), what, fields, problems, actions);
    }

    void show(ServerBackups backups, RehearsalPlan rehearsed, Optional<String> refusal) {
        serverId = backups.serverId();
        Policy policy = backups.policy();
        setVisible(policy != null && !backups.gone());
        save.refuse(refusal);
        boolean may = refusal.isEmpty();
        retention.setReadOnly(!may);
        time.setReadOnly(!may);
        fullDay.setReadOnly(!may);
        daily.setReadOnly(!may);
        rehearsal.setReadOnly(!may);
        if (rehearsed != null && !rehearsed.equals(plan)) {
            plan = rehearsed;
            rehearsal.setHelperText(rehearsed.on() ? when(rehearsed) : t("backup.policy.rehearsal.help.never"));
            rehearsal.setValue(rehearsed.choice());
        }
        if (policy == null || policy.equals(shown)) {
            return;
        }
        shown = policy;
        retention.setValue(policy.retentionDays());
        time.setValue(policy.time());
        fullDay.setValue(policy.fullDay());
        daily.setValue(policy.dailyKind());
    }

    private static String words(RehearsalDay day) {
        return switch (day) {
            case NEVER -> t("backup.policy.rehearsal.never");
            case WINDOW -> t("backup.policy.rehearsal.window");
            default -> words(DayOfWeek.valueOf(day.name()));
        };
    }

    private static String words(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Messages.language().locale());
    }

    private static String when(RehearsalPlan plan) {
        return t(
                "backup.policy.rehearsal.help",
                words(plan.day()),
                plan.time(),
                plan.zone().getId().replace("Z", "UTC"));
    }

    private void saveRehearsals() {
        if (rehearsal.getValue() != plan.choice()) {
            rehearsals.setDay(serverId, rehearsal.getValue());
        }
        Notification.show(t("backup.policy.saved"), 4_000, Notification.Position.BOTTOM_START);
    }

    private void save() {
        problems.removeAll();
        try {
            LocalTime at = time.getValue() == null ? shown.time() : time.getValue();
            Policy wanted = new Policy(
                    retention.getValue() == null ? 0 : retention.getValue(),
                    at.getHour(),
                    at.getMinute(),
                    fullDay.getValue(),
                    daily.getValue());
            if (wanted.equals(shown)) {
                saveRehearsals();
            } else {
                SecondPerson.act(() -> service.setPolicy(serverId, wanted), () -> {
                    shown = wanted;
                    saveRehearsals();
                });
            }
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
        }
    }
}

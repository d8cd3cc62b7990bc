package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.access.ui.FormDialog;
import io.howdah.backup.BackupService;
import io.howdah.backup.OnDemand;
import io.howdah.schedule.ui.DateFields;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Consumer;

/** Asks what a backup is to be called and how long it is kept, and begins it. */
final class BackUpNow {

    private BackUpNow() {}

    /** @param begun receives the operation's id */
    static void open(BackupService backups, UUID serverId, Consumer<UUID> begun) {
        OnDemand usual = backups.usual(serverId);
        TextField name = new TextField(t("backup.now.name"));
        name.setRequiredIndicatorVisible(true);
        name.setHelperText(t("backup.now.name.help"));
        name.setMaxLength(63);
        TextArea note = new TextArea(t("backup.now.note"));
        note.setMaxLength(512);
        DatePicker until = new DatePicker(t("backup.now.until"));
        until.setI18n(DateFields.dates());
        until.setValue(LocalDate.ofInstant(usual.keepUntil(), ZoneOffset.UTC));
        until.setHelperText(t("backup.now.until.help"));
        FormDialog dialog = new FormDialog(
                t("backup.now.title"),
                t("backup.now.begin"),
                () -> begun.accept(backups.backUp(
                        serverId,
                        new OnDemand(
                                name.getValue(),
                                note.getValue(),
                                until.getValue() == null
                                        ? null
                                        : until.getValue()
                                                .plusDays(1)
                                                .atStartOfDay(ZoneOffset.UTC)
                                                .toInstant()))),
                new Paragraph(t("backup.now.text")),
                name,
                note,
                until);
        dialog.open();
        name.focus();
    }
}

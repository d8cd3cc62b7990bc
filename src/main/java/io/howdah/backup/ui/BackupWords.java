package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.router.QueryParameters;
import io.howdah.backup.BackupView;
import io.howdah.backup.Origin;
import io.howdah.engine.BackupKind;
import io.howdah.schedule.ui.DateFields;
import io.howdah.shared.Messages;
import io.howdah.shell.Zones;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** Backups and times as people read them: always in their own zone and in UTC. */
final class BackupWords {

    private BackupWords() {}

    static String kind(BackupKind kind) {
        return t("backup.kind." + kind.name().toLowerCase(Locale.ROOT));
    }

    static String origin(Origin origin) {
        return t("backup.origin." + origin.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** What it is called, or what it is. */
    static String title(BackupView backup) {
        return backup.name() == null || backup.name().isBlank() ? kind(backup.kind()) : backup.name();
    }

    /** An instant that stands in an address, if it is one. */
    static Optional<Instant> instant(QueryParameters parameters, String name) {
        try {
            return parameters.getSingleParameter(name).map(Instant::parse);
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** A field for a time to the second, in that zone. */
    static DateTimePicker timeField(ZoneId zone) {
        DateTimePicker time = new DateTimePicker();
        time.setLabel(t("backup.restore.time", Zones.name(zone)));
        time.setLocale(Messages.language().region());
        time.setStep(Duration.ofSeconds(1));
        time.setDatePickerI18n(DateFields.dates());
        time.setI18n(new DateTimePicker.DateTimePickerI18n()
                .setDateLabel(t("backup.restore.date"))
                .setTimeLabel(t("backup.restore.clock"))
                .setBadInputErrorMessage(t("backup.restore.badTime"))
                .setIncompleteInputErrorMessage(t("backup.restore.badTime")));
        return time;
    }

    /** For example "24 Nov 2026, 13:00:00 (Europe/Berlin), which is 12:00:00 UTC". */
    static String both(Instant instant, ZoneId zone) {
        String utc = Messages.language().dates("d MMM uuuu, HH:mm:ss").format(instant.atZone(ZoneOffset.UTC));
        return zone.getRules().getOffset(instant).equals(ZoneOffset.UTC)
                ? t("backup.time.utc", utc)
                : t(
                        "backup.time.both",
                        Messages.language().dates("d MMM uuuu, HH:mm:ss").format(instant.atZone(zone)),
                        Zones.name(zone),
                        utc);
    }
}

package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.howdah.backup.ServerBackups;
import io.howdah.server.ui.Amounts;
import io.howdah.server.ui.Facts;
import io.howdah.shell.Glyph;
import io.howdah.shell.RelativeTime;
import java.time.Instant;

/** How old the newest backup and the newest archived changes are, and what all of it takes. */
final class HealthCard extends Section {

    private static final long BYTES_PER_GIB = 1L << 30;

    HealthCard() {
        addClassName("card");
    }

    void show(ServerBackups backups) {
        ServerBackups.Health health = backups.health();
        removeAll();
        add(new H3(t("backup.health.title")));
        if (health.failingSince() != null) {
            add(note(t("backup.health.failing"), health.failingSince()));
        } else if (health.old()) {
            add(note(t("backup.health.old"), health.archivedAt()));
        }
        if (health.overRoom()) {
            add(note(t("backup.health.overRoom"), null));
        }
        Facts facts = new Facts();
        facts.add(t("backup.health.newest"), time(health.newestBackupAt(), "backup.health.none"));
        facts.add(t("backup.health.archived"), time(health.archivedAt(), "backup.health.nothing"));
        if (backups.running()) {
            facts.add(
                    t("backup.health.waiting"),
                    t(
                            health.waiting() == 0 ? "backup.health.waiting.none" : "backup.health.waiting.some",
                            health.waiting()));
        }
        facts.add(
                t("backup.health.size"),
                t(
                        "backup.health.size.of",
                        Amounts.bytes(health.repositoryBytes()),
                        backups.storageGib(),
                        percent(health.repositoryBytes(), backups.storageGib() * BYTES_PER_GIB)));
        if (backups.nextBackupAt() != null) {
            facts.add(t("backup.health.next"), new RelativeTime(backups.nextBackupAt()));
        }
        add(facts);
        if (health.remote() != null) {
            showRemote(health.remote());
        }
    }

    private void showRemote(ServerBackups.Remote remote) {
        add(new H3(t("backup.health.remote")));
        if (remote.failingSince() != null) {
            add(note(t("backup.health.remote.failing"), remote.failingSince(), remote.trouble()));
        }
        Facts facts = new Facts();
        Span place = new Span(remote.place());
        place.addClassName("breakable");
        facts.add(t("backup.health.remote.place"), place);
        facts.add(
                t("backup.health.newest"),
                remote.underWay() == null
                        ? time(remote.newestBackupAt(), "backup.health.none")
                        : new Anchor("operations/" + remote.underWay(), t("backup.list.progress")));
        facts.add(t("backup.health.archived"), time(remote.archivedAt(), "backup.health.nothing"));
        facts.add(
                t("backup.health.remote.waiting"),
                t(
                        remote.waiting() == 0 ? "backup.health.waiting.none" : "backup.health.waiting.some",
                        remote.waiting()));
        facts.add(t("backup.health.size"), Amounts.bytes(remote.bytes()));
        add(facts);
    }

    private static String percent(long part, long whole) {
        long percent = Math.round(100.0 * part / whole);
        return percent == 0 && part > 0 ? "< 1" : Long.toString(percent);
    }

    private static Span time(Instant instant, String otherwise) {
        return instant == null ? new Span(t(otherwise)) : new Span(new RelativeTime(instant));
    }

    private static Div note(String text, Instant since) {
        return note(text, since, null);
    }

    private static Div note(String text, Instant since, String why) {
        Span words = new Span(new Span(text));
        if (since != null) {
            words.add(new Span(" "), new RelativeTime(since));
        }
        if (why != null) {
            words.add(new Span(". " + why));
        }
        Div note = new Div(Glyph.TRIANGLE_ALERT.icon(), words);
        note.addClassName("note");
        note.getElement().setAttribute("role", "alert");
        return note;
    }
}

package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import io.howdah.approval.ui.SecondPerson;
import io.howdah.backup.RestoreService;
import io.howdah.backup.ServerBackups;
import io.howdah.server.ui.ActionButton;
import io.howdah.server.ui.Amounts;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Confirm;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** After a restore in place: what was replaced is still there; one click goes back, another lets it go. */
final class FormerNotice extends Section {

    private final RestoreService restores;
    private final Consumer<UUID> begun;
    private final ZoneId zone;
    private List<Object> drawn;

    FormerNotice(RestoreService restores, ZoneId zone, Consumer<UUID> begun) {
        this.restores = restores;
        this.zone = zone;
        this.begun = begun;
        addClassNames("card", "former-notice");
        setVisible(false);
    }

    /** What stays the same is not drawn anew: a click at that moment would be lost. */
    void show(ServerBackups backups, Optional<String> refusal) {
        ServerBackups.Former former = backups.former();
        List<Object> now = Arrays.asList(backups.serverId(), former, refusal);
        if (now.equals(drawn)) {
            return;
        }
        drawn = now;
        removeAll();
        setVisible(former != null);
        if (former == null) {
            return;
        }
        add(new H3(t("backup.former.title")));
        if (former.busy()) {
            add(new Paragraph(t("backup.former.busy")));
            return;
        }
        add(new Paragraph(
                t("backup.former.text", BackupWords.both(former.target(), zone), Amounts.time(former.keptUntil()))));
        ActionButton back = new ActionButton(
                        t("backup.former.back"), Glyph.UNDO_2, () -> act(restores::goBack, backups.serverId()))
                .primary();
        ActionButton confirm =
                new ActionButton(t("backup.former.confirm"), Glyph.CHECK, () -> askConfirm(backups.serverId()));
        back.refuse(refusal);
        confirm.refuse(refusal);
        Div actions = new Div(back, confirm);
        actions.addClassName("row-actions");
        add(actions);
    }

    private void askConfirm(UUID serverId) {
        Confirm.ask(
                t("backup.former.confirm.title"),
                new Paragraph(t("backup.former.confirm.text")),
                t("backup.former.confirm"),
                () -> begun.accept(restores.confirm(serverId)));
    }

    private void act(Function<UUID, UUID> act, UUID serverId) {
        try {
            SecondPerson.act(() -> act.apply(serverId), begun);
        } catch (ProblemException refused) {
            ProblemNotice.show(refused.problem());
        }
    }
}

package io.howdah.scaling.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.Paragraph;
import io.howdah.scaling.StorageService;
import io.howdah.server.FormerStorage;
import io.howdah.server.StoredServer;
import io.howdah.server.ui.ActionButton;
import io.howdah.server.ui.Amounts;
import io.howdah.shell.Confirm;
import io.howdah.shell.Glyph;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** After storage has shrunk: the disk before is still there, to be let go, or gone back to at a price. */
final class FormerDisk extends Div {

    private final StorageService storage;
    private final Consumer<UUID> begun;
    private List<Object> drawn;

    FormerDisk(StorageService storage, Consumer<UUID> begun) {
        this.storage = storage;
        this.begun = begun;
        addClassName("former-disk");
        setVisible(false);
    }

    /** What stays the same is not drawn anew: a click at that moment would be lost. */
    void show(StoredServer server, FormerStorage former, Optional<String> refusal) {
        List<Object> now = Arrays.asList(server.id(), former, refusal);
        if (now.equals(drawn)) {
            return;
        }
        drawn = now;
        removeAll();
        setVisible(former != null);
        if (former == null) {
            return;
        }
        add(new H4(t("storage.former.title")));
        if (former.busy()) {
            add(new Paragraph(t("storage.former.busy")));
            return;
        }
        add(new Paragraph(t(
                "storage.former.text",
                former.storageGib(),
                Amounts.time(former.at()),
                Amounts.time(former.keptUntil()))));
        ActionButton confirm = new ActionButton(
                t("storage.former.confirm"),
                Glyph.CHECK,
                () -> ask("storage.former.confirm", "storage.former.confirm", storage::confirm, server.id()));
        ActionButton back = new ActionButton(
                        t("storage.former.back"),
                        Glyph.UNDO_2,
                        () -> ask(
                                "storage.former.back",
                                "storage.former.back.confirm",
                                storage::goBack,
                                server.id(),
                                Amounts.time(former.at())))
                .quiet();
        confirm.refuse(refusal);
        back.refuse(refusal);
        Div actions = new Div(confirm, back);
        actions.addClassName("row-actions");
        add(actions);
    }

    private void ask(String key, String button, Function<UUID, UUID> act, UUID server, Object... arguments) {
        Confirm.ask(
                t(key + ".title"),
                new Paragraph(t(key + ".text", arguments)),
                t(button),
                () -> begun.accept(act.apply(server)));
    }
}

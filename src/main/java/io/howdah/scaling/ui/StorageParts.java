package io.howdah.scaling.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import io.howdah.engine.StorageUse;
import io.howdah.server.ui.Amounts;

/** What takes the room: each database, the write-ahead log and who holds it, temporary files, logs. */
final class StorageParts extends Div {

    private final Details details = new Details(t("storage.parts"));

    StorageParts() {
        details.setOpened(true);
        add(details);
    }

    /** Nobody can be asked. */
    void rest() {
        details.removeAll();
        Paragraph none = new Paragraph(t("storage.parts.none"));
        none.addClassName("quiet");
        details.add(none);
    }

    void show(StorageUse use) {
        NativeTableBody body = new NativeTableBody();
        use.databases().forEach(database -> row(body, t("storage.parts.database", database.name()), database.bytes()));
        row(body, t("storage.parts.wal"), use.walBytes());
        use.slots()
                .forEach(slot -> row(
                        body,
                        t(slot.active() ? "storage.parts.slot" : "storage.parts.slot.idle", slot.name()),
                        slot.heldBytes()));
        row(body, t("storage.parts.temporary"), use.temporaryBytes());
        row(body, t("storage.parts.logs"), use.logBytes());
        NativeTable table = new NativeTable(body);
        table.addClassName("storage-table");
        details.removeAll();
        details.add(table);
    }

    private static void row(NativeTableBody body, String name, long bytes) {
        NativeTableHeaderCell first = new NativeTableHeaderCell(name);
        first.getElement().setAttribute("scope", "row");
        NativeTableCell amount = new NativeTableCell(Amounts.bytes(bytes));
        amount.addClassName("number");
        amount.setTitle(Amounts.exactBytes(bytes));
        body.add(new NativeTableRow(first, amount));
    }
}

package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.select.Select;
import io.howdah.access.Permission;
import io.howdah.backup.LookService;
import io.howdah.backup.LookView;
import io.howdah.backup.TableAsOf;
import io.howdah.engine.DatabaseInfo;
import io.howdah.server.ServerView;
import io.howdah.server.ui.ActionButton;
import io.howdah.server.ui.Amounts;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tables of a database as they were, to be brought back. */
final class LookTableCard extends Section {

    private static final int SHOWN = 12;

    private final LookService looks;
    private final Function<Permission, Optional<String>> refusal;
    private final Select<String> database = new Select<>();
    private final Grid<TableAsOf> grid = new Grid<>();
    private final Div body = new Div();
    private final ActionButton some = new ActionButton(t("look.tables.bring"), Glyph.UNDO_2, () -> bring(false));
    private final ActionButton all = new ActionButton(t("look.database.bring"), Glyph.DATABASE, () -> bring(true));
    private ServerView server;
    private LookView look;

    LookTableCard(LookService looks, Function<Permission, Optional<String>> refusal) {
        this.looks = looks;
        this.refusal = refusal;
        addClassName("card");
        database.setLabel(t("look.database"));
        database.addValueChangeListener(event -> load());
        grid.addThemeVariants(GridVariant.LUMO_NO_BORDER);
        grid.addClassName("page-grid");
        grid.setSelectionMode(Grid.SelectionMode.MULTI);
        grid.setAriaLabel(t("look.tables"));
        grid.addColumn(table -> table.name().toString())
                .setHeader(t("look.tables.name"))
                .setFlexGrow(3)
                .setRowHeader(true);
        grid.addColumn(LookTableCard::rows)
                .setHeader(t("look.tables.rows"))
                .setTextAlign(ColumnTextAlign.END)
                .setAutoWidth(true)
                .setFlexGrow(0);
        grid.addColumn(table -> Amounts.bytes(table.bytes()))
                .setHeader(t("server.databases.size"))
                .setTextAlign(ColumnTextAlign.END)
                .setAutoWidth(true)
                .setFlexGrow(0);
        grid.addSelectionListener(event -> arrange());
        Div actions = new Div(some, all);
        actions.addClassName("row-actions");
        add(new H3(t("look.tables")), database, body, actions);
    }

    private static String rows(TableAsOf table) {
        if (table.rows() < 0) {
            return t("look.tables.hidden");
        }
        String number = String.format(Messages.language().locale(), "%,d", table.rows());
        return table.exact() ? number : t("look.tables.about", number);
    }

    void show(ServerView now, LookView seen) {
        server = now;
        look = seen;
        try {
            List<String> names =
                    looks.databases(now.id()).stream().map(DatabaseInfo::name).toList();
            String chosen = database.getValue();
            database.setItems(names);
            database.setValue(
                    names.contains(chosen)
                            ? chosen
                            : names.contains(now.firstDatabase())
                                    ? now.firstDatabase()
                                    : names.isEmpty() ? null : names.getFirst());
            load();
        } catch (ProblemException refused) {
            replaceBody(new ProblemNotice(refused.problem()));
        }
    }

    private void load() {
        if (server == null || database.getValue() == null) {
            return;
        }
        try {
            List<TableAsOf> tables = looks.tables(server.id(), database.getValue());
            grid.setItems(tables);
            grid.setAllRowsVisible(tables.size() <= SHOWN);
            replaceBody(tables.isEmpty() ? new Paragraph(t("look.tables.none")) : grid);
        } catch (ProblemException refused) {
            replaceBody(new ProblemNotice(refused.problem()));
        }
        arrange();
    }

    private void replaceBody(com.vaadin.flow.component.Component wanted) {
        body.removeAll();
        body.add(wanted);
    }

    private void arrange() {
        Optional<String> mayNot = refusal.apply(Permission.BACKUPS_RESTORE)
                .or(() -> server.deleted() ? Optional.of(t("backup.now.notRunning")) : Optional.empty());
        all.refuse(mayNot);
        some.refuse(mayNot.or(
                () -> grid.getSelectedItems().isEmpty() ? Optional.of(t("look.tables.choose")) : Optional.empty()));
    }

    private void bring(boolean whole) {
        String tables = grid.getSelectedItems().stream()
                .map(table -> table.name().toString())
                .sorted()
                .collect(Collectors.joining(", "));
        ObjectsPage.open(server.name(), look.at(), database.getValue(), whole ? null : tables);
    }
}

package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import io.howdah.backup.LookService;
import io.howdah.backup.LookView;
import io.howdah.engine.DatabaseInfo;
import io.howdah.engine.QueryResult;
import io.howdah.server.ServerView;
import io.howdah.server.ui.ActionButton;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.Texts;
import java.util.List;

/** Asks a database as it was, and shows the rows. */
final class LookQuery extends Section {

    private static final int SHOWN = 12;

    private final LookService looks;
    private final Select<String> database = new Select<>();
    private final TextArea sql = new TextArea(t("look.query.sql"));
    private final Div answer = new Div();
    private ServerView server;

    LookQuery(LookService looks) {
        this.looks = looks;
        addClassNames("card", "look-query");
        database.setLabel(t("look.database"));
        sql.setWidthFull();
        sql.setMinRows(3);
        sql.setMaxRows(12);
        sql.setHelperText(t("look.query.help", LookService.MOST_ROWS));
        sql.getElement().setAttribute("spellcheck", "false");
        sql.addClassName("code");
        ActionButton run = new ActionButton(t("look.query.run"), Glyph.PLAY, this::run).primary();
        Shortcuts.addShortcutListener(sql, this::run, Key.ENTER, KeyModifier.CONTROL)
                .listenOn(sql)
                .resetFocusOnActiveElement();
        Div line = new Div(run);
        line.addClassName("row-actions");
        answer.getElement().setAttribute("aria-live", "polite");
        answer.addClassName("look-answer");
        add(new H3(t("look.query")), database, sql, line, answer);
    }

    /** What was typed stays; what was found is of another time. */
    void show(ServerView now, LookView look) {
        server = now;
        answer.removeAll();
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
        } catch (ProblemException refused) {
            answer.add(new ProblemNotice(refused.problem()));
        }
    }

    private void run() {
        answer.removeAll();
        try {
            show(looks.query(server.id(), database.getValue(), sql.getValue()));
        } catch (ProblemException refused) {
            answer.add(new ProblemNotice(refused.problem()));
        }
    }

    private void show(QueryResult found) {
        if (found.columns().isEmpty()) {
            answer.add(new Paragraph(t("look.query.nothing")));
            return;
        }
        answer.add(LookPanel.quiet(
                found.more()
                        ? t("look.query.more", LookService.MOST_ROWS)
                        : Texts.count("look.query.rows", found.rows().size())));
        Grid<List<String>> grid = new Grid<>();
        grid.addThemeVariants(GridVariant.LUMO_NO_BORDER);
        grid.addClassName("page-grid");
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setAriaLabel(t("look.query.answer"));
        for (int i = 0; i < found.columns().size(); i++) {
            int column = i;
            grid.addColumn(row -> row.get(column) == null ? t("look.query.null") : row.get(column))
                    .setHeader(found.columns().get(i))
                    .setAutoWidth(true)
                    .setResizable(true);
        }
        grid.setItems(found.rows());
        grid.setAllRowsVisible(found.rows().size() <= SHOWN);
        answer.add(grid);
    }
}

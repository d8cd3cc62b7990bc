package io.howdah.access.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Route;
import io.howdah.access.PermissionReference;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.Texts;
import java.util.List;
import java.util.Locale;

/** All permissions there are: what each allows, and which ready-made roles hold it. Everybody may read it. */
@CdiComponent
@Route("profile/all-permissions")
public class PermissionReferenceView extends Page {

    private final Grid<PermissionReference.Entry> grid = new Grid<>();
    private final EmptyState none =
            new EmptyState(Glyph.SEARCH, Texts.t("ui.reference.none"), Texts.t("ui.reference.none.what"), null);

    public PermissionReferenceView() {
        super("ui.page.permission_reference");
        TextField find = new TextField(Texts.t("ui.reference.find"));
        find.setPrefixComponent(Glyph.SEARCH.icon());
        find.setClearButtonVisible(true);
        find.setValueChangeMode(ValueChangeMode.LAZY);
        find.setWidth("24rem");
        find.addValueChangeListener(event -> show(event.getValue()));
        Div question = new Div(find);
        question.addClassNames("filter-bar", "above-list");
        grid.setAllRowsVisible(true);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(PermissionReferenceView::words)
                .setHeader(Texts.t("ui.reference.permission"))
                .setFlexGrow(3);
        grid.addComponentColumn(PermissionReferenceView::roles)
                .setHeader(Texts.t("ui.reference.roles"))
                .setFlexGrow(2);
        add(
                new PageHeader(Texts.t("ui.reference")),
                new ProfileParts("profile/all-permissions"),
                new Paragraph(Texts.t("ui.reference.what")),
                question,
                grid,
                none);
        show("");
    }

    private void show(String wanted) {
        String text = wanted.strip().toLowerCase(Locale.ROOT);
        List<PermissionReference.Entry> found = PermissionReference.all().stream()
                .filter(entry -> (entry.action() + " " + entry.title() + " " + entry.sentence() + " "
                                + String.join(" ", entry.roles()))
                        .toLowerCase(Locale.ROOT)
                        .contains(text))
                .toList();
        grid.setItems(found);
        grid.setVisible(!found.isEmpty());
        none.setVisible(found.isEmpty());
    }

    private static Component words(PermissionReference.Entry entry) {
        Span title = new Span(entry.title());
        title.addClassName("row-title");
        Span sentence = new Span(entry.sentence());
        sentence.addClassName("quiet");
        Div cell = new Div(title, sentence, new Code(entry.action()));
        cell.addClassName("permission-words");
        return cell;
    }

    private static Component roles(PermissionReference.Entry entry) {
        boolean everybody = entry.roles().size() == PermissionReference.roles().size();
        Span roles = new Span(everybody ? Texts.t("ui.reference.everybody") : String.join(", ", entry.roles()));
        roles.addClassName("permission-roles");
        return roles;
    }
}

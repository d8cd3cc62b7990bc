package io.howdah.access.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.howdah.access.ProviderService;
import io.howdah.access.ProviderView;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Texts;
import io.howdah.shell.WideColumns;
import java.util.List;

/** The OpenID providers that people sign in by. */
class ProviderList extends Div {

    private final ProviderService service;
    private final boolean mayRead;

    ProviderList(ProviderService service, boolean mayRead) {
        this.service = service;
        this.mayRead = mayRead;
    }

    static void create() {
        UI.getCurrent().navigate(ProviderPage.PATH + ProviderPage.NEW);
    }

    void refresh() {
        removeAll();
        if (!mayRead) {
            add(empty("ui.access.noProviders.notPermitted"));
            return;
        }
        List<ProviderView> providers = service.providers();
        if (providers.isEmpty()) {
            add(empty("ui.access.noProviders.what"));
            return;
        }
        Grid<ProviderView> grid = new Grid<>();
        grid.setAllRowsVisible(true);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(ProviderList::name)
                .setHeader(Texts.t("ui.provider"))
                .setFlexGrow(2);
        Grid.Column<ProviderView> issuer = grid.addColumn(
                        provider -> provider.draft().issuer())
                .setHeader(Texts.t("ui.provider.issuer"))
                .setFlexGrow(3);
        grid.addColumn(ProviderView::people)
                .setHeader(Texts.t("ui.provider.people"))
                .setWidth("7rem")
                .setFlexGrow(0);
        WideColumns.only(grid, 760, issuer);
        grid.setItems(providers);
        add(grid);
    }

    private static EmptyState empty(String what) {
        return new EmptyState(Glyph.LOG_IN, Texts.t("ui.access.noProviders"), Texts.t(what), null);
    }

    private static Component name(ProviderView provider) {
        Anchor link =
                new Anchor(ProviderPage.PATH + provider.id(), provider.draft().name());
        link.addClassName("row-title");
        Span kind = new Span(Texts.t("ui.provider.kind." + provider.draft().kind()));
        kind.addClassNames("quiet", "small");
        Div cell = new Div(link, kind);
        cell.addClassName("two-lines");
        return cell;
    }
}

package io.howdah.shell;

import static io.howdah.shared.Retold.told;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.operation.OperationFilter;
import io.howdah.operation.OperationService;
import io.howdah.server.ServerFilter;
import io.howdah.server.ServerOrder;
import io.howdah.server.ServerService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Finds servers, operations and pages while one types; Enter goes to what is marked, or to the first that was found. */
class Search extends ComboBox<Search.Hit> {

    private static final int SERVERS = 8;
    private static final int OPERATIONS = 5;

    /** Something found, and its address. */
    record Hit(Glyph glyph, String name, String about, String address) {}

    private final Access access;
    private final ServerService servers;
    private final OperationService operations;

    Search(Access access, ServerService servers, OperationService operations) {
        this.access = access;
        this.servers = servers;
        this.operations = operations;
        addClassName("search");
        setAriaLabel(Texts.t("ui.search"));
        setPlaceholder(Texts.t("ui.search.placeholder"));
        setPrefixComponent(Glyph.SEARCH.icon());
        getElement().setAttribute("role", "search");
        setAllowCustomValue(true);
        setItemLabelGenerator(Hit::name);
        setRenderer(new ComponentRenderer<>(Search::row));
        setItems(this::fetch);
        addValueChangeListener(event -> {
            if (event.getValue() != null) {
                go(event.getValue());
            }
        });
        addCustomValueSetListener(event -> {
            List<Hit> found = find(event.getDetail());
            if (!found.isEmpty()) {
                go(found.getFirst());
            }
        });
    }

    private void go(Hit hit) {
        clear();
        getUI().ifPresent(ui -> ui.navigate(hit.address()));
    }

    private Stream<Hit> fetch(Query<Hit, String> query) {
        return find(query.getFilter().orElse("")).stream()
                .skip(query.getOffset())
                .limit(query.getLimit());
    }

    private List<Hit> find(String typed) {
        String text = typed.strip();
        List<Hit> hits = new ArrayList<>();
        if (!text.isEmpty() && access.mayAnywhere(Permission.SERVERS_READ)) {
            ServerFilter filter = new ServerFilter(text, Set.of(), null, null, null, false);
            servers.list(filter, ServerOrder.NAME, true, 0, SERVERS)
                    .forEach(server -> hits.add(new Hit(
                            Glyph.SERVER,
                            server.name(),
                            Texts.t("ui.search.server", server.state().words(), server.teamName()),
                            "servers/" + server.name())));
        }
        pages().filter(page -> page.name().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
                .forEach(hits::add);
        if (!text.isEmpty() && access.mayAnywhere(Permission.OPERATIONS_READ)) {
            operations
                    .list(new OperationFilter(text, null, null, null), 0, OPERATIONS)
                    .forEach(operation -> hits.add(new Hit(
                            Glyph.LIST_CHECKS,
                            told(operation.title()),
                            Texts.t("ui.search.operation", operation.subjectName()),
                            "operations/" + operation.id())));
        }
        return hits;
    }

    private Stream<Hit> pages() {
        return Stream.of(Destination.values())
                .filter(page -> page.openTo(access))
                .map(page -> new Hit(page.glyph(), page.title(), Texts.t("ui.search.page"), page.path()));
    }

    private static Div row(Hit hit) {
        Span name = new Span(hit.name());
        Span about = new Span(hit.about());
        about.addClassName("quiet");
        Div row = new Div(hit.glyph().icon(), name, about);
        row.addClassName("search-hit");
        return row;
    }
}

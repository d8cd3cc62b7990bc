package io.howdah.server.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.router.RouterLayout;
import io.howdah.operation.OperationService;
import io.howdah.server.ServerService;
import io.howdah.server.ServerView;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemException;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Live;
import io.howdah.shell.MainLayout;
import io.howdah.shell.PageHeader;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import java.util.UUID;

/**
 * The frame around the pages of one server: its head, its menu, and the progress of what runs on it. It keeps the
 * server's newest state and tells the page within.
 */
@CdiComponent
@ParentLayout(MainLayout.class)
@StyleSheet("context://styles/servers.css")
public class ServerLayout extends Div implements RouterLayout, BeforeEnterObserver, AfterNavigationObserver, Reaction {

    @Inject
    private ServerService servers;

    @Inject
    private OperationService operations;

    @Inject
    private Lifecycle lifecycle;

    @Inject
    private Live live;

    private ServerHeader header;
    private ServerNavigation navigation;
    private OperationSlot slot;
    private DeletedNotice deleted;
    private final Div note = new Div();
    private final Div columns = new Div();
    private final Div content = new Div();
    private final Div absent = new Div();
    private Div ear = new Div();
    private ServerView server;
    private String name;
    private ServerPage page;
    private String here = "";

    @PostConstruct
    void build() {
        addClassNames("page", "server-frame");
        header = new ServerHeader(lifecycle, this);
        navigation = new ServerNavigation(lifecycle);
        slot = new OperationSlot(operations);
        deleted = new DeletedNotice(lifecycle, this);
        note.addClassName("note");
        Div main = new Div(note, deleted, slot, content);
        main.addClassName("server-main");
        columns.add(navigation, main);
        columns.addClassName("server-columns");
        add(header, columns, absent, ear);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String wanted = event.getRouteParameters().get("name").orElseThrow();
        String path = event.getLocation().getPath();
        String after = path.substring(Math.min(path.length(), ("servers/" + wanted).length()));
        here = after.startsWith("/") ? after.substring(1) : "";
        if (here.equals("overview")) {
            here = "";
        }
        if (!wanted.equals(name)) {
            slot.clear();
        }
        name = wanted;
        load();
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        showAll();
        if (page != null && server != null) {
            UI.getCurrent().getPage().setTitle(page.getPageTitle());
        }
    }

    @Override
    public void showRouterLayoutContent(HasElement shown) {
        content.getElement().removeAllChildren();
        content.getElement().appendChild(shown.getElement());
        page = shown instanceof ServerPage one ? one : null;
    }

    @Override
    public void removeRouterLayoutContent(HasElement old) {
        content.getElement().removeAllChildren();
        page = null;
    }

    /** Shows the progress of an operation on this server. */
    void watch(UUID operationId) {
        slot.watch(operationId);
    }

    @Override
    public void begun(UUID operationId) {
        watch(operationId);
        refresh();
    }

    @Override
    public void refused(Problem problem) {
        slot.show(problem);
        refresh();
    }

    private void refresh() {
        load();
        showAll();
    }

    private void load() {
        UUID before = server == null ? null : server.id();
        absent.removeAll();
        try {
            server = servers.byName(name);
        } catch (ProblemException notThere) {
            server = null;
            Problem problem = notThere.problem();
            absent.add(new PageHeader(name));
            absent.add(new EmptyState(
                    Glyph.SERVER,
                    told(problem).message(),
                    told(problem).hint(),
                    ServerAddress.link("servers", t("server.create.back"))));
        }
        if (server != null && !server.id().equals(before)) {
            // listens for this server for as long as it is attached, that is until another one is shown
            remove(ear);
            ear = new Div();
            ear.setVisible(false);
            live.server(ear, server.id(), this::refresh);
            add(ear);
        }
    }

    private void showAll() {
        boolean there = server != null;
        header.setVisible(there);
        columns.setVisible(there);
        if (!there) {
            return;
        }
        header.show(server);
        navigation.show(server, here);
        deleted.show(server);
        note.removeAll();
        note.setVisible(server.note() != null);
        if (server.note() != null) {
            note.add((server.asleep() ? Glyph.MOON : Glyph.TRIANGLE_ALERT).icon(), new Span(told(server.note())));
        }
        if (page != null) {
            if (!page.showsProgress()) {
                slot.showRunning(server.id());
            }
            content.setVisible(!server.deleted() || page.worksWhenDeleted());
            if (content.isVisible()) {
                page.showServer(server);
            }
        }
    }
}

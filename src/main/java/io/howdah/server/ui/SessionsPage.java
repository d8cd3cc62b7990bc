package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.provider.ListDataProvider;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.Route;
import io.howdah.engine.SessionInfo;
import io.howdah.server.DatabaseService;
import io.howdah.server.ServerState;
import io.howdah.server.ServerView;
import io.howdah.shared.ProblemException;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Who is connected and what they do just now, who waits, and for whom. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/sessions", layout = ServerLayout.class)
public class SessionsPage extends ServerPage {

    private static final int REFRESH_MILLIS = 5_000;

    private final DatabaseService databases;
    private final Grid<SessionInfo> grid = new Grid<>();
    private final Div body = new Div();
    private final Span asOf = new Span();
    private final Button pause = new Button();
    private final List<SessionInfo> sessions = new ArrayList<>();
    private final Rows rows = new Rows(sessions);
    private ServerView server;
    private boolean paused;

    @Inject
    public SessionsPage(DatabaseService databases) {
        super("server.page.sessions", true);
        this.databases = databases;
        pause.addClickListener(event -> {
            paused = !paused;
            showPause();
            if (!paused) {
                load();
            }
        });
        Button now = new Button(t("server.sessions.now"), Glyph.REFRESH_CW.icon(), event -> load());
        asOf.addClassNames("quiet", "words");
        Div line = new Div(pause, now, asOf);
        line.addClassName("row-actions");
        body.addClassName("grow");
        add(line, body);
        buildGrid();
        showPause();
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        // the browser keeps the beat: nothing is asked for while nobody looks
        getElement()
                .executeJs(
                        "clearInterval(this.beat); this.beat = setInterval(() => {"
                                + " if (!this.isConnected) { clearInterval(this.beat); }"
                                + " else if (document.visibilityState === 'visible') { this.$server.beat(); }"
                                + " }, $0)",
                        REFRESH_MILLIS);
    }

    @ClientCallable
    void beat() {
        if (!paused && server != null) {
            load();
        }
    }

    @Override
    protected void show(ServerView now) {
        boolean same = now.equals(server);
        server = now;
        if (!same) {
            load();
        }
    }

    private void load() {
        if (server.state() != ServerState.READY) {
            replace(new EmptyState(
                    Glyph.ACTIVITY,
                    t("server.databases.notReady.title"),
                    t("server.sessions.notReady", server.state().words()),
                    null));
            asOf.removeAll();
            return;
        }
        try {
            List<SessionInfo> now = databases.sessions(server.id());
            sessions.clear();
            sessions.addAll(now);
            rows.refreshAll();
            asOf.removeAll();
            asOf.add(
                    new Span(Texts.count("server.sessions.count", now.size())),
                    new Span(t("server.sessions.asOf")),
                    new RelativeTime(Instant.now()));
            if (now.isEmpty()) {
                replace(new EmptyState(
                        Glyph.ACTIVITY, t("server.sessions.none.title"), t("server.sessions.none.text"), null));
            } else {
                replace(grid);
            }
        } catch (ProblemException refused) {
            replace(new ProblemNotice(refused.problem()));
        }
    }

    private void replace(Component wanted) {
        if (body.getComponentCount() != 1 || body.getComponentAt(0) != wanted) {
            body.removeAll();
            body.add(wanted);
        }
    }

    private void showPause() {
        pause.setText(t(paused ? "server.sessions.resume" : "server.sessions.pause"));
        pause.setIcon((paused ? Glyph.CIRCLE_PLAY : Glyph.CIRCLE_PAUSE).icon());
    }

    private void buildGrid() {
        grid.addThemeVariants(GridVariant.LUMO_NO_BORDER);
        grid.addClassNames("page-grid", "tall");
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setAriaLabel(t("server.page.sessions"));
        grid.setItems(rows);
        Grid.Column<SessionInfo> block =
                grid.addComponentColumn(SessionsPage::block).setHeader(t("server.page.sessions"));
        List<Grid.Column<SessionInfo>> table = List.of(
                grid.addColumn(session -> Integer.toString(session.pid()))
                        .setHeader(t("server.sessions.pid"))
                        .setTextAlign(ColumnTextAlign.END)
                        .setRowHeader(true)
                        .setWidth("5.5rem")
                        .setFlexGrow(0),
                grid.addComponentColumn(SessionsPage::who)
                        .setHeader(t("server.sessions.who"))
                        .setWidth("11rem")
                        .setFlexGrow(1),
                grid.addComponentColumn(SessionsPage::client)
                        .setHeader(t("server.sessions.client"))
                        .setWidth("10rem")
                        .setFlexGrow(1),
                grid.addComponentColumn(SessionsPage::state)
                        .setHeader(t("server.column.state"))
                        .setWidth("12rem")
                        .setFlexGrow(1),
                grid.addComponentColumn(session -> new RelativeTime(session.statementSince()))
                        .setHeader(t("server.sessions.statementSince"))
                        .setWidth("8rem")
                        .setFlexGrow(0),
                grid.addComponentColumn(SessionsPage::statement)
                        .setHeader(t("server.sessions.statement"))
                        .setWidth("14rem")
                        .setFlexGrow(3));
        grid.setItemDetailsRenderer(new ComponentRenderer<>(SessionsPage::details));
        WindowWidth.watch(grid, width -> {
            boolean narrow = width < WindowWidth.NARROW_PX;
            block.setVisible(narrow);
            table.forEach(column -> column.setVisible(!narrow));
        });
    }

    private static Component who(SessionInfo session) {
        return twoLines(session.role(), session.database());
    }

    private static Component client(SessionInfo session) {
        return twoLines(
                session.application() == null || session.application().isBlank()
                        ? t("server.none")
                        : session.application(),
                session.clientAddress() == null ? t("server.sessions.local") : session.clientAddress());
    }

    private static Component state(SessionInfo session) {
        Div state = twoLines(
                session.state() == null ? t("server.none") : session.state(),
                session.waitingFor() == null ? "" : session.waitingFor());
        if (!session.blockedBy().isEmpty()) {
            Span blocked = new Span(t("server.sessions.blockedBy", pids(session)));
            blocked.addClassName("blocked");
            state.add(blocked);
        }
        return state;
    }

    private static Component statement(SessionInfo session) {
        Code statement = new Code(session.statement() == null ? "" : session.statement());
        statement.addClassName("statement");
        return statement;
    }

    private static Component block(SessionInfo session) {
        Span head = new Span(
                t("server.sessions.head", Integer.toString(session.pid()), session.role(), session.database()));
        head.addClassName("strong");
        Div all = new Div(head, state(session), statement(session));
        all.addClassName("server-block");
        return all;
    }

    private static Component details(SessionInfo session) {
        Facts facts = new Facts();
        facts.add(t("server.sessions.connectedAt"), new RelativeTime(session.connectedAt()));
        if (session.transactionSince() != null) {
            facts.add(t("server.sessions.transactionSince"), new RelativeTime(session.transactionSince()));
        }
        Pre whole = new Pre(session.statement() == null ? "" : session.statement());
        whole.getElement().setAttribute("tabindex", "0");
        Div all = new Div(facts, whole);
        all.addClassName("row-details");
        return all;
    }

    private static Div twoLines(String first, String second) {
        Span below = new Span(second);
        below.addClassName("quiet");
        Div both = new Div(new Span(first), below);
        both.addClassName("two-lines");
        return both;
    }

    private static String pids(SessionInfo session) {
        return session.blockedBy().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** A session is known by its process, so that an opened row stays open from one look to the next. */
    private static final class Rows extends ListDataProvider<SessionInfo> {

        Rows(List<SessionInfo> sessions) {
            super(sessions);
        }

        @Override
        public Object getId(SessionInfo session) {
            return session.pid();
        }
    }
}

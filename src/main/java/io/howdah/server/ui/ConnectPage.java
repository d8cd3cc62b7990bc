package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.howdah.access.Permission;
import io.howdah.engine.DatabaseInfo;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.ui.OperationPanel;
import io.howdah.server.DatabaseService;
import io.howdah.server.ServerService;
import io.howdah.server.ServerState;
import io.howdah.server.ServerView;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Address;
import io.howdah.shell.CopyField;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * How to connect: strings to be pasted, for each client, and the certificate they need. Right after creation, while
 * there is nothing to connect to, the progress of the creation stands here.
 */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/connect", layout = ServerLayout.class)
public class ConnectPage extends ServerPage implements BeforeEnterObserver {

    private final DatabaseService databases;
    private final ServerService servers;
    private final Lifecycle lifecycle;
    private final Div progress = new Div();
    private final Div body = new Div();
    private final Select<String> database = new Select<>();
    private final RadioButtonGroup<Boolean> pooled = new RadioButtonGroup<>(t("server.connect.endpoint"));
    private final Paragraph endpointText = new Paragraph();
    private final Div strings = new Div();
    private UUID operation;
    private boolean created;
    private ServerView server;
    private String wantedDatabase;

    @Inject
    public ConnectPage(DatabaseService databases, ServerService servers, Lifecycle lifecycle) {
        super("server.page.connect", true);
        this.databases = databases;
        this.servers = servers;
        this.lifecycle = lifecycle;
        database.setLabel(t("server.connect.database"));
        database.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                chosen();
            }
        });
        pooled.setItems(true, false);
        pooled.setItemLabelGenerator(one -> t(one ? "server.connect.pooled" : "server.connect.direct"));
        pooled.setValue(true);
        pooled.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                chosen();
            }
        });
        endpointText.addClassName("quiet");
        strings.addClassName("connection-strings");
        progress.addClassName("connect-progress");
        body.addClassName("server-page");
        body.setVisible(false);
        add(progress, body);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Location location = event.getLocation();
        wantedDatabase = Address.value(location, "database").orElse(null);
        pooled.setValue(
                Address.value(location, "endpoint").filter("direct"::equals).isEmpty());
        operation =
                Address.value(location, "operation").flatMap(ConnectPage::id).orElse(null);
        created = operation == null;
        progress.removeAll();
        if (operation != null) {
            showProgress();
        }
    }

    @Override
    protected boolean showsProgress() {
        return operation != null;
    }

    @Override
    protected void show(ServerView now) {
        boolean another = server == null || !server.id().equals(now.id());
        boolean same = now.equals(server);
        server = now;
        if (!created) {
            return;
        }
        if (now.endpoints() == null) {
            body.setVisible(false);
            progress.removeAll();
            progress.add(new EmptyState(
                    Glyph.PLUG,
                    t("server.connect.none.title"),
                    t("server.connect.none.text", now.state().words()),
                    null));
            return;
        }
        if (operation == null) {
            progress.removeAll();
        }
        if (!same || !body.isVisible()) {
            if (another || !body.isVisible()) {
                build();
            }
            offerDatabases();
            showStrings();
        }
        body.setVisible(true);
    }

    private void showProgress() {
        try {
            OperationPanel panel = new OperationPanel(operation);
            Section card = new Section(panel);
            card.addClassName("card");
            progress.add(card);
            panel.onChange(now -> {
                if (now.status() == OperationStatus.SUCCEEDED && !created) {
                    created = true;
                    Div ready = new Div(Glyph.CIRCLE_CHECK.icon(), new Paragraph(t("server.connect.ready")));
                    ready.addClassNames("note", "good");
                    ready.getElement().setAttribute("role", "status");
                    progress.addComponentAsFirst(ready);
                    if (server != null) {
                        show(servers.byName(server.name()));
                    }
                }
            });
        } catch (ProblemException refused) {
            created = true;
            progress.add(new ProblemNotice(refused.problem()));
        }
    }

    private void build() {
        body.removeAll();
        Div choice = new Div(database, pooled);
        choice.addClassName("connect-choice");
        Section choose = new Section(choice, endpointText);
        choose.addClassName("card");
        Div means = new Div(certificate(), password());
        means.addClassName("cards");
        body.add(choose, means, strings);
    }

    private Component certificate() {
        Anchor download = new Anchor(
                DownloadHandler.fromInputStream(event -> {
                    byte[] pem = servers.certificateAuthority(server.id()).getBytes(StandardCharsets.US_ASCII);
                    return new DownloadResponse(
                            new ByteArrayInputStream(pem),
                            ConnectionStrings.CERTIFICATE_FILE,
                            "application/x-x509-ca-cert",
                            pem.length);
                }),
                "");
        download.add(
                Glyph.DOWNLOAD.icon(),
                new com.vaadin.flow.component.html.Span(
                        t("server.connect.download", ConnectionStrings.CERTIFICATE_FILE)));
        download.getElement().setAttribute("download", ConnectionStrings.CERTIFICATE_FILE);
        download.addClassName("with-icon");
        Section card = new Section(
                new H3(t("server.connect.certificate")),
                new Paragraph(t("server.connect.certificateText", ConnectionStrings.CERTIFICATE_FILE)),
                download);
        card.addClassName("card");
        return card;
    }

    private Component password() {
        Section card = new Section(
                new H3(t("server.password.label")),
                new Paragraph(t("server.connect.passwordText")),
                new CopyField(t("server.connect.passwordShell"), "read -rs PGPASSWORD && export PGPASSWORD"));
        card.addClassName("card");
        return card;
    }

    private void offerDatabases() {
        TreeSet<String> names = new TreeSet<>();
        names.add("postgres");
        if (server.firstDatabase() != null && !server.firstDatabase().isBlank()) {
            names.add(server.firstDatabase());
        }
        if (server.state() == ServerState.READY && lifecycle.may(Permission.DATABASES_READ, server)) {
            try {
                databases.databases(server.id()).stream()
                        .map(DatabaseInfo::name)
                        .forEach(names::add);
            } catch (ProblemException silent) {
                // the server does not answer just now; the names known without it are offered
            }
        }
        String before = database.getValue();
        database.setItems(names);
        database.setValue(List.of(
                        Optional.ofNullable(before),
                        Optional.ofNullable(wantedDatabase),
                        Optional.ofNullable(server.firstDatabase()))
                .stream()
                .flatMap(Optional::stream)
                .filter(names::contains)
                .findFirst()
                .orElse("postgres"));
    }

    private void chosen() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("database", database.getValue());
        parameters.put("endpoint", pooled.getValue() ? "" : "direct");
        parameters.put("operation", operation == null ? "" : operation.toString());
        Address.replace(parameters);
        showStrings();
    }

    private void showStrings() {
        endpointText.setText(t(pooled.getValue() ? "server.connect.pooledText" : "server.connect.directText"));
        ConnectionStrings made = ConnectionStrings.of(
                server.endpoints(), pooled.getValue(), database.getValue(), server.administratorLogin());
        strings.removeAll();
        strings.add(
                string("server.connect.psql", made.psql(), "server.connect.psqlText"),
                string("server.connect.uri", made.uri(), "server.connect.uriText"),
                string("server.connect.jdbc", made.jdbc(), "server.connect.jdbcText"),
                string("server.connect.java", made.java(), null),
                string("server.connect.npgsql", made.npgsql(), "server.connect.npgsqlText"),
                string("server.connect.psycopg", made.psycopg(), "server.connect.psycopgText"),
                string("server.connect.node", made.node(), "server.connect.nodeText"));
    }

    private static Component string(String labelKey, String text, String explanationKey) {
        Div one = new Div(new CopyField(t(labelKey), text));
        one.addClassName("connection-string");
        if (explanationKey != null) {
            Paragraph explanation = new Paragraph(t(explanationKey));
            explanation.addClassNames("quiet", "small");
            one.add(explanation);
        }
        return one;
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }
}

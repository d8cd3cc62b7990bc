package io.howdah.backup.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.backup.ObjectsService;
import io.howdah.server.DatabaseService;
import io.howdah.server.ServerView;
import io.howdah.server.ui.ServerLayout;
import io.howdah.server.ui.ServerPage;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A single database or tables of an earlier time, brought back beside what is there. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/backups/objects", layout = ServerLayout.class)
@StyleSheet("context://styles/backups.css")
public class ObjectsPage extends ServerPage implements BeforeEnterObserver {

    private static final String AT = "at";
    private static final String DATABASE = "database";
    private static final String TABLES = "tables";

    private final ObjectsForm form;

    @Inject
    public ObjectsPage(ObjectsService objects, DatabaseService databases, Access access) {
        super("server.page.objects", true);
        form = new ObjectsForm(objects, databases, access, this::watch);
        add(form);
    }

    /** @param tables schema and name of each, or null for the whole database or whatever will be chosen */
    static void open(String server, Instant at, String database, String tables) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put(AT, at.toString());
        if (database != null) {
            parameters.put(DATABASE, database);
        }
        if (tables != null) {
            parameters.put(TABLES, tables);
        }
        UI.getCurrent().navigate("servers/" + server + "/backups/objects", QueryParameters.simple(parameters));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters asked = event.getLocation().getQueryParameters();
        form.preset(
                BackupWords.instant(asked, AT).orElse(Instant.now()),
                asked.getSingleParameter(DATABASE).orElse(null),
                asked.getSingleParameter(TABLES).orElse(null));
    }

    @Override
    protected void show(ServerView server) {
        form.show(server);
    }
}

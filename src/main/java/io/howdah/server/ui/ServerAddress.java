package io.howdah.server.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import io.howdah.access.Scope;
import java.util.UUID;

/** The addresses of one server's pages. */
final class ServerAddress {

    private ServerAddress() {}

    static String of(String server) {
        return page(server, "");
    }

    /** @param page e.g. "databases"; blank for the overview */
    static String page(String server, String page) {
        if (page.isBlank()) {
            // the page that creates servers has the address that a server of this name would have
            return "servers/" + server + (server.equals("create") ? "/overview" : "");
        }
        return "servers/" + server + "/" + page;
    }

    static String connectAfter(String server, UUID operation) {
        return page(server, "connect") + "?operation=" + operation;
    }

    /** The page of a team or a project. */
    static String place(Scope place) {
        return place.projectId() == null ? "access/teams/" + place.teamId() : "access/projects/" + place.projectId();
    }

    static Anchor link(String address, String text) {
        Anchor link = new Anchor(address, text);
        link.getElement().setAttribute("router-link", true);
        return link;
    }

    static void open(String address) {
        int query = address.indexOf('?');
        UI ui = UI.getCurrent();
        if (query < 0) {
            ui.navigate(address);
        } else {
            ui.navigate(
                    address.substring(0, query),
                    com.vaadin.flow.router.QueryParameters.fromString(address.substring(query + 1)));
        }
    }
}

package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.UnorderedList;
import io.howdah.access.Permission;
import io.howdah.server.ServerView;
import io.howdah.shell.Glyph;
import java.util.List;

/** The menu at the left of a server's pages, in the groups people know from Azure. */
final class ServerNavigation extends Nav {

    private record Entry(String page, String titleKey, Glyph glyph, Permission needed, boolean whenDeleted) {}

    private record Group(String titleKey, List<Entry> entries) {}

    private static final List<Group> GROUPS = List.of(
            new Group(
                    null,
                    List.of(
                            new Entry("", "server.page.overview", Glyph.SERVER, Permission.SERVERS_READ, true),
                            new Entry("activity", "server.page.activity", Glyph.HISTORY, Permission.AUDIT_READ, true),
                            new Entry("tags", "server.page.tags", Glyph.TAG, Permission.SERVERS_READ, false))),
            new Group(
                    "server.group.settings",
                    List.of(
                            new Entry("compute", "server.page.compute", Glyph.CPU, Permission.SERVERS_READ, false),
                            new Entry(
                                    "databases",
                                    "server.page.databases",
                                    Glyph.DATABASE,
                                    Permission.DATABASES_READ,
                                    false),
                            new Entry(
                                    "backups", "server.page.backups", Glyph.HARD_DRIVE, Permission.BACKUPS_READ, true),
                            new Entry("connect", "server.page.connect", Glyph.PLUG, Permission.SERVERS_READ, false),
                            new Entry(
                                    "maintenance",
                                    "server.page.maintenance",
                                    Glyph.CALENDAR_CLOCK,
                                    Permission.SERVERS_READ,
                                    false),
                            new Entry("locks", "server.page.locks", Glyph.LOCK, Permission.SERVERS_READ, false))),
            new Group(
                    "server.group.automation",
                    List.of(new Entry(
                            "schedules",
                            "server.page.schedules",
                            Glyph.CALENDAR_CLOCK,
                            Permission.SCHEDULES_READ,
                            false))),
            new Group(
                    "server.group.monitoring",
                    List.of(new Entry(
                            "sessions", "server.page.sessions", Glyph.ACTIVITY, Permission.SESSIONS_READ, false))),
            new Group(
                    "server.group.help",
                    List.of(new Entry(
                            "health", "server.page.health", Glyph.SHIELD_CHECK, Permission.SERVERS_READ, false))));

    private final Lifecycle lifecycle;
    private List<Object> shown = List.of();

    ServerNavigation(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
        addClassName("server-navigation");
        setAriaLabel(t("server.navigation"));
    }

    /** @param here the page shown, as in its address; blank for the overview */
    void show(ServerView server, String here) {
        List<Object> wanted = List.of(server.name(), server.deleted(), here);
        if (wanted.equals(shown)) {
            return;
        }
        shown = wanted;
        removeAll();
        for (Group group : GROUPS) {
            UnorderedList list = new UnorderedList();
            for (Entry entry : group.entries()) {
                boolean shown = lifecycle.may(entry.needed(), server) && (entry.whenDeleted() || !server.deleted());
                if (shown) {
                    list.add(new ListItem(link(server, entry, here)));
                }
            }
            if (list.getComponentCount() > 0) {
                Div part = new Div();
                if (group.titleKey() != null) {
                    part.add(new H2(t(group.titleKey())));
                }
                part.add(list);
                add(part);
            }
        }
        // on narrow screens the menu is a row to be swiped: show where one is
        getElement()
                .executeJs("const here = this.querySelector('[aria-current]');"
                        + " if (here) this.scrollLeft = here.offsetLeft - this.offsetLeft - 48;");
    }

    private static Anchor link(ServerView server, Entry entry, String here) {
        Anchor link = ServerAddress.link(ServerAddress.page(server.name(), entry.page()), "");
        link.add(entry.glyph().icon(), new com.vaadin.flow.component.html.Span(t(entry.titleKey())));
        boolean below = !entry.page().isEmpty() && here.startsWith(entry.page() + "/");
        if (entry.page().equals(here) || below) {
            link.getElement().setAttribute("aria-current", "page");
        }
        return link;
    }
}

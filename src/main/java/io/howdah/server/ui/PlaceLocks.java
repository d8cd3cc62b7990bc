package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.server.LockService;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;

/** The locks of a team or a project. */
class PlaceLocks extends Div {

    private final LockService service;
    private final Scope place;
    private final LockList list;

    PlaceLocks(LockService service, Scope place, String text, String name) {
        this.service = service;
        this.place = place;
        Paragraph intro = new Paragraph(text);
        intro.addClassName("quiet");
        list = new LockList(
                t("server.locks.none.place"),
                t("server.locks.remove.place", name),
                (kind, note) -> {
                    service.add(place, kind, note);
                    refresh();
                },
                lock -> {
                    service.remove(lock);
                    refresh();
                });
        addClassName("place-locks");
        add(new H2(t("server.page.locks")), intro, list);
        refresh();
    }

    private void refresh() {
        boolean may = CDI.current().select(Access.class).get().may(Permission.LOCKS_WRITE, place);
        list.show(
                service.at(place),
                place,
                may ? Optional.empty() : Optional.of(t("ui.notPermitted", Permission.LOCKS_WRITE.action())));
    }
}

package io.howdah.shell;

import static io.howdah.shared.Retold.told;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.SvgIcon;
import io.howdah.backup.FleetRow;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.OperationView;
import io.howdah.server.FillingServer;
import io.howdah.server.ServerState;
import io.howdah.server.ServerView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What needs somebody: servers that do not answer or were not made whole, storage that fills up, backups that fall behind,
 * operations that failed lately, deleted servers whose data is soon gone.
 */
class Attention extends Div {

    private static final Duration LATELY = Duration.ofDays(3);
    private static final Duration SOON = Duration.ofDays(2);

    private final UnorderedList list = new UnorderedList();

    Attention(
            List<ServerView> troubled,
            List<FillingServer> filling,
            List<OperationView> failed,
            List<ServerView> deleted,
            List<FleetRow> behind) {
        list.addClassName("attention");
        Instant now = Instant.now();
        troubled.forEach(server -> add(
                server.state() == ServerState.INACCESSIBLE ? "bad" : "warning",
                Glyph.TRIANGLE_ALERT,
                new Anchor("servers/" + server.name(), server.name()),
                new Span(trouble(server))));
        filling.forEach(server -> add(
                server.readOnly() ? "bad" : "warning",
                Glyph.HARD_DRIVE,
                new Anchor("servers/" + server.name() + "/compute", server.name()),
                new Span(Texts.t(
                        server.readOnly() ? "ui.home.storageFull" : "ui.home.storageFilling", server.usedPercent()))));
        behind.forEach(row -> add(
                row.standing() == FleetRow.Standing.FAILING ? "bad" : "warning",
                Glyph.HARD_DRIVE,
                new Anchor("servers/" + row.name() + "/backups", row.name()),
                new Span(Texts.t(
                        row.standing() == FleetRow.Standing.FAILING
                                ? "backup.standing.failing"
                                : "backup.standing.behind")),
                new RelativeTime(row.health().archivedAt())));
        failed.stream()
                .filter(operation -> operation.status() == OperationStatus.FAILED)
                .filter(operation ->
                        operation.endedAt() != null && operation.endedAt().isAfter(now.minus(LATELY)))
                .forEach(operation -> add(
                        "bad",
                        Glyph.CIRCLE_X,
                        new Anchor(
                                "operations/" + operation.id(),
                                Texts.t("ui.operation.name", told(operation.title()), operation.subjectName())),
                        new Span(
                                operation.problem() == null
                                        ? Texts.t("ui.operation.status.failed")
                                        : told(operation.problem()).message()),
                        new RelativeTime(operation.endedAt())));
        deleted.stream()
                .filter(server ->
                        server.keptUntil() != null && server.keptUntil().isBefore(now.plus(SOON)))
                .forEach(server -> add(
                        "warning",
                        Glyph.TRASH_2,
                        new Anchor("servers/" + server.name(), server.name()),
                        new Span(Texts.t("ui.home.goneSoon")),
                        new RelativeTime(server.keptUntil())));
        if (list.getComponentCount() == 0) {
            Span calm = new Span(Glyph.CIRCLE_CHECK.icon(), new Span(Texts.t("ui.home.calm")));
            calm.addClassName("badge");
            calm.getElement().setAttribute("tone", "good");
            add(calm);
        } else {
            add(list);
        }
    }

    private static String trouble(ServerView server) {
        if (server.degradedSince() != null) {
            return Texts.t("server.health.degraded.what");
        }
        return server.note() == null ? server.state().words() : told(server.note());
    }

    private void add(String tone, Glyph glyph, Anchor what, Component... words) {
        SvgIcon icon = glyph.icon();
        Div about = new Div(words);
        about.addClassName("attention-words");
        ListItem row = new ListItem(icon, new Div(what, about));
        row.getElement().setAttribute("tone", tone);
        list.add(row);
    }
}

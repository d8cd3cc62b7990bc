package io.howdah.server.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import io.howdah.operation.OperationFilter;
import io.howdah.operation.OperationService;
import io.howdah.operation.OperationView;
import io.howdah.operation.ui.OperationPanel;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import java.util.Optional;
import java.util.UUID;

/** The place above a server's pages where what runs on it is seen, until it has ended and the person has seen how. */
final class OperationSlot extends Div {

    private static final int NEWEST = 10;

    private final OperationService operations;
    private UUID watched;
    private boolean ended;

    OperationSlot(OperationService operations) {
        this.operations = operations;
        addClassName("operation-slot");
        setVisible(false);
    }

    /** Shows what runs on the server now, unless something is shown already that has not been put away. */
    void showRunning(UUID serverId) {
        if (watched != null && !ended) {
            return;
        }
        running(serverId).filter(operation -> !operation.id().equals(watched)).ifPresent(found -> watch(found.id()));
    }

    void watch(UUID operationId) {
        try {
            OperationView operation = operations.get(operationId);
            OperationPanel panel = new OperationPanel(operationId);
            Anchor link = ServerAddress.link("operations/" + operationId, t("server.operation.open"));
            Button close = new Button(Glyph.X.icon(), event -> clear());
            close.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            close.setAriaLabel(t("server.operation.close"));
            Div side = new Div(link, close);
            side.addClassName("card-side");
            Div head = new Div(new H2(told(operation.title())), side);
            head.addClassName("card-head");
            Div card = new Div(head, panel);
            card.addClassName("card");
            watched = operationId;
            panel.onChange(now -> {
                ended = now.status().ended();
                close.setVisible(ended);
            });
            removeAll();
            add(card);
            setVisible(true);
        } catch (ProblemException refused) {
            show(refused.problem());
        }
    }

    void show(Problem problem) {
        watched = null;
        ended = true;
        removeAll();
        add(new ProblemNotice(problem));
        setVisible(true);
    }

    void clear() {
        watched = null;
        ended = false;
        removeAll();
        setVisible(false);
    }

    private Optional<OperationView> running(UUID serverId) {
        try {
            return operations.list(OperationFilter.ofSubject(serverId), 0, NEWEST).stream()
                    .filter(operation -> !operation.status().ended())
                    // the one that runs rather than those in line behind it
                    .min(java.util.Comparator.comparing(OperationView::requestedAt));
        } catch (ProblemException mayNotSee) {
            return Optional.empty();
        }
    }
}

package io.howdah.operation.ui;

import static io.howdah.shared.Retold.told;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.operation.OperationService;
import io.howdah.operation.OperationView;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shell.CopyField;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/** One operation: its steps as they happen, and who asked for it, when and under which correlation id. */
@CdiComponent
@Route("operations/:operation")
public class OperationPage extends Page implements BeforeEnterObserver {

    private final OperationService operations;
    private final Access access;
    private final Instance<OperationAddition> additions;

    @Inject
    public OperationPage(OperationService operations, Access access, @Any Instance<OperationAddition> additions) {
        super("ui.page.operations");
        this.operations = operations;
        this.access = access;
        this.additions = additions;
    }

    /** The route's parameters for an operation. */
    static RouteParameters parameters(UUID operationId) {
        return new RouteParameters("operation", operationId.toString());
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String wanted = event.getRouteParameters().get("operation").orElse("");
        OperationView operation = operations.get(id(wanted));
        setName(Texts.t("ui.operation.name", told(operation.title()), operation.subjectName()));
        removeAll();
        Anchor back = new Anchor("operations", Texts.t("ui.page.operations"));
        Anchor server = new Anchor("servers/" + operation.subjectName(), operation.subjectName());
        PageHeader header = new PageHeader(told(operation.title())).below(back, new Span("/"), server);
        OperationPanel panel = new OperationPanel(operation.id());
        OutputView output = new OutputView();
        panel.onChange(output::show);
        Div more = new Div();
        panel.onChange(now -> showAdditions(more, now));
        Div happening = new Div(panel, more, output);
        happening.addClassNames("card", "operation-card");
        Div facts = new Div();
        facts.addClassName("card");
        panel.onChange(now -> showFacts(facts, now));
        Div cards = new Div(happening, facts);
        cards.addClassName("main-and-side");
        add(header, cards);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notOne) {
            throw Problem.of(ProblemCode.NotFound, Texts.t("ui.operation"), text)
                    .raise(notOne);
        }
    }

    private void showAdditions(Div more, OperationView operation) {
        more.removeAll();
        additions.stream()
                .map(addition -> addition.of(operation))
                .flatMap(Optional::stream)
                .forEach(more::add);
        more.setVisible(more.getComponentCount() > 0);
    }

    private void showFacts(Div card, OperationView operation) {
        DescriptionList facts = new DescriptionList();
        facts.addClassName("facts");
        fact(facts, "ui.operation.server", new Anchor("servers/" + operation.subjectName(), operation.subjectName()));
        fact(facts, "ui.operations.by", new Span(operation.requestedBy()));
        fact(facts, "ui.operations.asked", new RelativeTime(operation.requestedAt()));
        if (operation.startedAt() != null) {
            fact(facts, "ui.operation.begun", new RelativeTime(operation.startedAt()));
        }
        if (operation.cancelling().askedAt() != null) {
            fact(
                    facts,
                    "ui.operation.cancelledBy",
                    new Span(operation.cancelling().askedBy()));
            fact(
                    facts,
                    "ui.operation.cancelledAt",
                    new RelativeTime(operation.cancelling().askedAt()));
        }
        if (operation.deadline() != null && !operation.status().ended()) {
            fact(facts, "ui.operation.deadline", new RelativeTime(operation.deadline()));
        }
        if (operation.place().node() != null) {
            fact(facts, "ui.operation.node", new Span(operation.place().node()));
        }
        if (operation.place().leaseUntil() != null) {
            fact(facts, "ui.operation.lease", new RelativeTime(operation.place().leaseUntil()));
        }
        if (operation.cancelling().lastChance() != null && !operation.status().ended()) {
            fact(
                    facts,
                    "ui.operation.lastChance",
                    new Span(operation.cancelling().lastChance()));
        }
        card.removeAll();
        card.add(
                new H2(Texts.t("ui.operation.about")),
                facts,
                new CopyField(Texts.t("ui.problem.correlation"), operation.correlationId()));
        if (access.mayAnywhere(Permission.AUDIT_READ)) {
            card.add(
                    new Anchor("audit?correlation=" + operation.correlationId(), Texts.t("ui.operation.auditRecords")));
        }
    }

    private static void fact(DescriptionList facts, String key, Component value) {
        facts.add(new DescriptionList.Term(Texts.t(key)), new DescriptionList.Description(value));
    }
}

package io.howdah.approval.ui;

import static io.howdah.shared.Retold.told;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.approval.ApprovalService;
import io.howdah.approval.ApprovalState;
import io.howdah.approval.ApprovalView;
import io.howdah.approval.ApprovalWords;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Live;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** One request: what is to be done to what, from what to what, who asks and why; and the decision. */
@CdiComponent
@Route("approvals/:request")
public class ApprovalPage extends Page implements BeforeEnterObserver {

    /** What a detail's name says by itself, or what there is not. */
    private static final Set<String> UNSAID = Set.of("true", "null");

    private final ApprovalService approvals;
    private final Access access;
    private final TextArea comment = new TextArea(Texts.t("approval.comment"));
    private final Div problems = new Div();
    private UUID id;
    private ApprovalView shown;

    @Inject
    public ApprovalPage(ApprovalService approvals, Access access, Live live) {
        super("ui.page.approvals");
        this.approvals = approvals;
        this.access = access;
        comment.setWidthFull();
        live.approvals(this, this::refresh);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String wanted = event.getRouteParameters().get("request").orElse("");
        try {
            id = UUID.fromString(wanted);
        } catch (IllegalArgumentException notOne) {
            throw Problem.of(ProblemCode.NotFound, "request", wanted).raise(notOne);
        }
        shown = null;
        refresh();
    }

    /** What stays the same is not drawn anew: somebody may be writing a comment. */
    private void refresh() {
        ApprovalView now = approvals.get(id);
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        setName(ApprovalWords.of(now.action(), now.targetName()));
        removeAll();
        Anchor back = new Anchor("approvals", Texts.t("ui.page.approvals"));
        Div cards = new Div(act(now), course(now));
        cards.addClassName("main-and-side");
        add(
                new PageHeader(ApprovalWords.of(now.action(), now.targetName()))
                        .beside(new ApprovalBadge(now.state()))
                        .below(back),
                cards);
    }

    private Component act(ApprovalView request) {
        DescriptionList facts = facts();
        fact(facts, "approval.action", new Span(ApprovalWords.of(request.action())));
        fact(facts, "approval.target", target(request));
        if (request.teamName() != null) {
            fact(facts, "approval.team", new Span(request.teamName()));
        }
        Map<String, String> details = new TreeMap<>(request.details());
        String before = details.remove("before");
        if (before != null) {
            fact(facts, "approval.before", new Span(before));
            fact(facts, "approval.after", new Span(details.remove("after")));
        }
        details.values().removeIf(UNSAID::contains);
        details.forEach((name, value) -> fact(facts, named(name), new Span(value)));
        fact(facts, "approval.by", new Span(request.person()));
        fact(facts, "approval.reason", new Span(request.reason()));
        Div card = new Div(new H2(Texts.t("approval.what")), facts);
        card.addClassName("card");
        if (request.decidable()) {
            card.add(comment, problems, actions(approve(), refuse()));
        } else if (request.mine() && request.state().waits()) {
            card.add(new Paragraph(Texts.t(waits(request))), problems);
            card.add(
                    request.state() == ApprovalState.APPROVED && !request.byHand()
                            ? actions(tryAgain(), withdraw())
                            : actions(withdraw()));
        }
        return card;
    }

    private static String waits(ApprovalView request) {
        if (request.state() == ApprovalState.OPEN) {
            return "approval.waits";
        }
        return request.byHand() ? "approval.byHand" : "approval.approved";
    }

    private static Component target(ApprovalView request) {
        return request.targetType().equals("server")
                ? new Anchor("servers/" + request.targetName(), request.targetName())
                : new Span(request.targetName());
    }

    private Component course(ApprovalView request) {
        DescriptionList facts = facts();
        fact(facts, "approval.asked", new RelativeTime(request.askedAt()));
        if (request.state().waits()) {
            fact(
                    facts,
                    request.state() == ApprovalState.OPEN ? "approval.requestEnds" : "approval.approvalEnds",
                    new RelativeTime(request.endsAt()));
        }
        if (request.decidedBy() != null) {
            fact(facts, "approval.decidedBy", new Span(request.decidedBy()));
            fact(facts, "approval.decided", new RelativeTime(request.decidedAt()));
        }
        if (request.answer() != null) {
            fact(facts, "approval.comment", new Span(request.answer()));
        }
        if (request.doneAt() != null) {
            fact(facts, "approval.done", new RelativeTime(request.doneAt()));
        }
        if (request.problem() != null) {
            fact(facts, "approval.problem", new Span(told(request.problem())));
        }
        Div card = new Div(new H2(Texts.t("approval.course")), facts);
        card.addClassName("card");
        if (request.correlationId() != null && access.mayAnywhere(Permission.AUDIT_READ)) {
            card.add(new Anchor("audit?correlation=" + request.correlationId(), Texts.t("ui.operation.auditRecords")));
        }
        return card;
    }

    private Button approve() {
        Button button = new Button(
                Texts.t("approval.approve"), event -> attempt(() -> approvals.approve(id, comment.getValue())));
        button.addThemeVariants(ButtonVariant.PRIMARY);
        return button;
    }

    private Button refuse() {
        return new Button(Texts.t("approval.refuse"), event -> attempt(() -> approvals.refuse(id, comment.getValue())));
    }

    private Button withdraw() {
        return new Button(Texts.t("approval.withdraw"), event -> attempt(() -> approvals.withdraw(id)));
    }

    private Button tryAgain() {
        Button button = new Button(Texts.t("approval.tryAgain"), event -> attempt(() -> approvals.tryAgain(id)));
        button.addThemeVariants(ButtonVariant.PRIMARY);
        return button;
    }

    private void attempt(Runnable act) {
        problems.removeAll();
        try {
            act.run();
            refresh();
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
        }
    }

    private static Div actions(Button... buttons) {
        Div row = new Div(buttons);
        row.addClassName("row-actions");
        return row;
    }

    private static String named(String detail) {
        return "approval.detail." + detail;
    }

    private static DescriptionList facts() {
        DescriptionList facts = new DescriptionList();
        facts.addClassName("facts");
        return facts;
    }

    /** Details have the names of the audit log, of which some are not worth a word of their own. */
    private static void fact(DescriptionList facts, String key, Component value) {
        String term = Messages.has(key) ? Texts.t(key) : key.substring(key.lastIndexOf('.') + 1);
        facts.add(new DescriptionList.Term(term), new DescriptionList.Description(value));
    }
}

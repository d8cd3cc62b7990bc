package io.howdah.approval.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import io.howdah.access.ui.FormDialog;
import io.howdah.approval.ApprovalNeed;
import io.howdah.approval.ApprovalService;
import io.howdah.approval.ApprovalWords;
import io.howdah.shell.Texts;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Does an act, or, where that needs a second person, asks for one with a reason. The services refuse the act all the same;
 * this only spares people the try.
 */
public final class SecondPerson {

    private SecondPerson() {}

    /**
     * @param call of one service method, and nothing else
     * @param done what the page does once it is done
     * @throws io.howdah.shared.ProblemException as the method does
     */
    public static <T> void act(Supplier<T> call, Consumer<T> done) {
        ApprovalService approvals = CDI.current().select(ApprovalService.class).get();
        Optional<ApprovalNeed> need = approvals.needed(call::get);
        if (need.isPresent()) {
            ask(approvals, need.get(), call::get);
        } else {
            done.accept(call.get());
        }
    }

    public static void act(Runnable call, Runnable done) {
        act(
                () -> {
                    call.run();
                    return null;
                },
                nothing -> done.run());
    }

    private static void ask(ApprovalService approvals, ApprovalNeed need, Runnable call) {
        Paragraph what = new Paragraph(
                need.teamName() == null
                        ? Texts.t("approval.ask.whatEverywhere")
                        : Texts.t("approval.ask.what", need.teamName()));
        Paragraph who = new Paragraph(
                need.approvers().isEmpty()
                        ? Texts.t("approval.ask.nobody")
                        : Texts.t("approval.ask.who", String.join(", ", need.approvers())));
        who.addClassName("quiet");
        TextArea reason = new TextArea(Texts.t("approval.reason"));
        reason.setWidthFull();
        new FormDialog(
                        ApprovalWords.of(need.action(), need.targetName()),
                        Texts.t("approval.ask.do"),
                        () -> {
                            UUID request = approvals.ask(reason.getValue(), call);
                            UI.getCurrent().navigate("approvals/" + request);
                        },
                        what,
                        who,
                        reason)
                .open();
        reason.focus();
    }
}

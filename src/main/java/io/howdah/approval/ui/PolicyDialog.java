package io.howdah.approval.ui;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.IntegerField;
import io.howdah.access.ProtectedAction;
import io.howdah.access.ui.FormDialog;
import io.howdah.approval.ApprovalPolicy;
import io.howdah.approval.ApprovalPolicyService;
import io.howdah.approval.ApprovalPolicyView;
import io.howdah.approval.ApprovalWords;
import io.howdah.shell.Texts;
import java.util.Arrays;
import java.util.HashSet;

/** Says what a team wants a second person for. */
public final class PolicyDialog {

    private final FormDialog dialog;

    public PolicyDialog(ApprovalPolicyService policies, ApprovalPolicyView now, Runnable afterwards) {
        CheckboxGroup<ProtectedAction> actions = new CheckboxGroup<>(Texts.t("approval.policy.actions"));
        actions.setItems(Arrays.stream(ProtectedAction.values())
                .filter(ProtectedAction::isChosen)
                .toList());
        actions.setItemLabelGenerator(ApprovalWords::of);
        actions.addClassName("policy-actions");
        actions.setValue(new HashSet<>(now.policy().actions()));
        IntegerField request =
                hours("approval.policy.requestHours", now.policy().requestHours());
        request.setMax(ApprovalPolicy.MAX_REQUEST_HOURS);
        IntegerField approval =
                hours("approval.policy.approvalHours", now.policy().approvalHours());
        approval.setMax(ApprovalPolicy.MAX_APPROVAL_HOURS);
        Paragraph who = new Paragraph(
                now.approvers().size() < 2
                        ? Texts.t("approval.policy.tooFew", now.approvers().size())
                        : Texts.t("approval.policy.who", String.join(", ", now.approvers())));
        who.addClassName("quiet");
        dialog = new FormDialog(
                Texts.t("approval.policy.title", now.teamName()),
                Texts.t("approval.policy.save"),
                () -> {
                    ApprovalPolicy wanted = new ApprovalPolicy(actions.getValue(), value(request), value(approval));
                    SecondPerson.act(() -> policies.set(now.teamId(), wanted), afterwards);
                },
                new Paragraph(Texts.t("approval.policy.what")),
                actions,
                request,
                approval,
                who);
    }

    public void open() {
        dialog.open();
    }

    private static IntegerField hours(String key, int value) {
        IntegerField hours = new IntegerField(Texts.t(key));
        hours.setMin(1);
        hours.setStepButtonsVisible(true);
        hours.setValue(value);
        hours.setWidthFull();
        return hours;
    }

    private static int value(IntegerField field) {
        return field.getValue() == null ? 0 : field.getValue();
    }
}

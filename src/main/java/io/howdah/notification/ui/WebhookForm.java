package io.howdah.notification.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.access.EventKind;
import io.howdah.access.ui.FormDialog;
import io.howdah.notification.NewWebhook;
import io.howdah.notification.WebhookDraft;
import io.howdah.notification.WebhookService;
import io.howdah.notification.WebhookView;
import io.howdah.shell.CopyField;
import io.howdah.shell.Texts;
import java.util.Arrays;
import java.util.Set;

/** The dialogs in which a webhook is made and changed, and its secret is shown, once. */
final class WebhookForm {

    private final WebhookService webhooks;
    private final Runnable done;

    WebhookForm(WebhookService webhooks, Runnable done) {
        this.webhooks = webhooks;
        this.done = done;
    }

    void create() {
        TextField address = address();
        CheckboxGroup<EventKind> kinds = kinds(Set.of(EventKind.OPERATION_FAILED, EventKind.SERVER_DEGRADED));
        new FormDialog(
                        Texts.t("ui.webhooks.add"),
                        Texts.t("ui.webhooks.add.do"),
                        () -> {
                            NewWebhook made = webhooks.create(new WebhookDraft(address.getValue(), kinds.getValue()));
                            done.run();
                            showSecret(made);
                        },
                        address,
                        kinds)
                .open();
    }

    void change(WebhookView webhook) {
        TextField address = address();
        address.setValue(webhook.address());
        CheckboxGroup<EventKind> kinds = kinds(webhook.kinds());
        new FormDialog(
                        Texts.t("ui.webhooks.change.title", webhook.host()),
                        Texts.t("ui.webhooks.change.do"),
                        () -> {
                            webhooks.change(webhook.id(), new WebhookDraft(address.getValue(), kinds.getValue()));
                            done.run();
                        },
                        address,
                        kinds)
                .open();
    }

    static void showSecret(NewWebhook made) {
        Dialog dialog = new Dialog(Texts.t("ui.webhooks.secret.title", made.host()));
        Div body = new Div(
                new Paragraph(Texts.t("ui.webhooks.secret.what")),
                new CopyField(Texts.t("ui.webhooks.secret"), made.secret()));
        body.addClassName("confirm-body");
        dialog.add(body);
        dialog.setCloseOnOutsideClick(false);
        Button close = new Button(Texts.t("ui.access.link.close"), event -> dialog.close());
        close.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(close);
        UI.getCurrent().add(dialog);
        dialog.open();
    }

    private static TextField address() {
        TextField address = new TextField(Texts.t("ui.webhooks.address"));
        address.setPlaceholder("https://");
        address.setHelperText(Texts.t("ui.webhooks.address.help"));
        address.getElement().setAttribute("spellcheck", "false");
        address.setWidthFull();
        return address;
    }

    private static CheckboxGroup<EventKind> kinds(Set<EventKind> chosen) {
        CheckboxGroup<EventKind> kinds = new CheckboxGroup<>(Texts.t("ui.webhooks.kinds"));
        kinds.addClassName("webhook-kinds");
        kinds.setItems(
                Arrays.stream(EventKind.values()).filter(EventKind::isChosen).toList());
        kinds.setItemLabelGenerator(kind -> Texts.t("ui.event." + kind.code()));
        kinds.setValue(chosen);
        return kinds;
    }
}

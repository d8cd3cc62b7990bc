package io.howdah.access.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.howdah.access.NewSecret;
import io.howdah.shell.CopyField;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import java.util.UUID;

/** Shows a token or a client secret, this once, to be copied into the program that will use it. */
final class SecretDialog {

    private SecretDialog() {}

    static void showToken(NewSecret token) {
        show(
                Texts.t("ui.tokens.new.title", token.name()),
                new Div(
                        new Paragraph(Texts.t("ui.tokens.new.what")),
                        new CopyField(Texts.t("ui.tokens.token"), token.text())),
                token);
    }

    static void showSecret(UUID clientId, NewSecret secret) {
        show(
                Texts.t("ui.accounts.secret.title", secret.name()),
                new Div(
                        new Paragraph(Texts.t("ui.accounts.secret.what")),
                        new CopyField(Texts.t("ui.accounts.clientId"), clientId.toString()),
                        new CopyField(Texts.t("ui.accounts.secret"), secret.text())),
                secret);
    }

    private static void show(String title, Div body, NewSecret secret) {
        Dialog dialog = new Dialog(title);
        Paragraph until = new Paragraph(
                new Span(Texts.t("ui.tokens.new.until")), new Span(" "), new RelativeTime(secret.endsAt()));
        until.addClassName("quiet");
        body.add(until);
        body.addClassName("confirm-body");
        dialog.add(body);
        dialog.setCloseOnOutsideClick(false);
        dialog.setCloseOnEsc(false);
        Button close = new Button(Texts.t("ui.tokens.new.close"), event -> dialog.close());
        close.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(close);
        dialog.open();
    }
}

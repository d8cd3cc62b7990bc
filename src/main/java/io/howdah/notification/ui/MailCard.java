package io.howdah.notification.ui;

import static io.howdah.shared.Retold.told;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.notification.DeliveryState;
import io.howdah.notification.DeliveryView;
import io.howdah.notification.MailAddressView;
import io.howdah.notification.NotificationService;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.Texts;
import java.util.Optional;
import java.util.UUID;

/** Where my mail goes: the address, changing it by a code that is mailed to the new one, and a test. */
class MailCard extends Div {

    private final NotificationService notifications;
    private final Paragraph now = new Paragraph();
    private final EmailField address = new EmailField(Texts.t("ui.mail.new"));
    private final Button change = new Button(Texts.t("ui.mail.change"));
    private final Paragraph sent = new Paragraph();
    private final TextField code = new TextField(Texts.t("ui.mail.code"));
    private final Div confirm = new Div();
    private final Button test = new Button(Texts.t("ui.mail.test"));
    private final Div result = new Div();
    private final Div problems = new Div();
    private UUID watched;

    MailCard(NotificationService notifications) {
        this.notifications = notifications;
        addClassNames("card", "form-card");
        address.setWidthFull();
        address.setAutocomplete(Autocomplete.EMAIL);
        address.setManualValidation(true);
        change.addClickListener(event -> attempt(() -> {
            notifications.changeMailAddress(address.getValue());
            address.clear();
        }));
        code.getElement().setAttribute("autocomplete", "one-time-code");
        code.getElement().setAttribute("inputmode", "numeric");
        Button right = new Button(Texts.t("ui.mail.confirm"), event -> attempt(this::confirm));
        right.addThemeVariants(ButtonVariant.PRIMARY);
        Button keep = new Button(Texts.t("ui.mail.keep"), event -> attempt(notifications::keepMailAddress));
        Div both = new Div(right, keep);
        both.addClassName("page-actions");
        confirm.add(sent, code, both);
        confirm.addClassName("form-fields");
        test.addClickListener(event -> attempt(() -> watched = notifications.sendTestMail()));
        result.getElement().setAttribute("role", "status");
        add(new H2(Texts.t("ui.mail")), now, confirm, address, change, problems, test, result);
    }

    void refresh() {
        MailAddressView mail = notifications.mailAddress();
        now.setText(
                !mail.available()
                        ? Texts.t("ui.mail.off")
                        : mail.address() == null ? Texts.t("ui.mail.none") : Texts.t("ui.mail.goesTo", mail.address()));
        boolean waiting = mail.unconfirmed() != null;
        confirm.setVisible(waiting && mail.available());
        sent.setText(waiting ? Texts.t("ui.mail.codeSent", mail.unconfirmed()) : "");
        address.setVisible(mail.available() && !waiting);
        change.setVisible(mail.available() && !waiting);
        test.setVisible(mail.available() && mail.address() != null);
        showResult();
    }

    private void confirm() {
        if (notifications.confirmMailAddress(code.getValue())) {
            code.clear();
            code.setInvalid(false);
        } else {
            code.setManualValidation(true);
            code.setErrorMessage(Texts.t("ui.mail.wrongCode"));
            code.setInvalid(true);
        }
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

    private void showResult() {
        Optional<DeliveryView> delivery = watched == null ? Optional.empty() : notifications.delivery(watched);
        result.removeAll();
        delivery.ifPresent(test -> {
            Span word = new Span(
                    test.state() == DeliveryState.WAITING
                            ? Texts.t("ui.mail.test.sending")
                            : test.state() == DeliveryState.DELIVERED
                                    ? Texts.t("ui.mail.test.sent")
                                    : Texts.t("ui.mail.test.failed", told(test.reason())));
            Span line = new Span(
                    (test.state() == DeliveryState.DELIVERED
                                    ? Glyph.CIRCLE_CHECK
                                    : test.state() == DeliveryState.WAITING ? Glyph.LOADER_CIRCLE : Glyph.CIRCLE_X)
                            .icon(),
                    word);
            line.addClassNames("badge", "wrapping");
            line.getElement()
                    .setAttribute(
                            "tone",
                            test.state() == DeliveryState.DELIVERED
                                    ? "good"
                                    : test.state() == DeliveryState.WAITING ? "busy" : "bad");
            result.add(line);
        });
    }
}

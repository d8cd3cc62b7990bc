package io.howdah.access.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.access.Enrolment;
import io.howdah.access.SecondFactorService;
import io.howdah.access.SecondFactorView;
import io.howdah.shell.CopyField;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import java.util.List;
import java.util.function.Consumer;

/** Setting up, renewing and switching off one's own authenticator app. */
class SecondFactorCard extends Div {

    private final SecondFactorService service;

    SecondFactorCard(SecondFactorService service) {
        this.service = service;
        addClassNames("card", "form-card");
        refresh();
    }

    private void refresh() {
        SecondFactorView mine = service.mine();
        removeAll();
        add(new H2(Texts.t("ui.second")));
        if (!mine.on()) {
            Button begin = new Button(Texts.t("ui.second.begin"), event -> begin());
            begin.addThemeVariants(ButtonVariant.PRIMARY);
            add(new Paragraph(Texts.t("ui.second.off")), begin);
            return;
        }
        Div actions = new Div(
                new Button(
                        Texts.t("ui.second.newCodes"),
                        event -> withPassword(
                                "ui.second.newCodes",
                                "ui.second.newCodes.what",
                                "ui.second.newCodes",
                                password -> showCodes(service.newRecoveryCodes(password)))),
                new Button(
                        Texts.t("ui.second.remove"),
                        event -> withPassword(
                                "ui.second.remove.title", "ui.second.remove.what", "ui.second.remove", password -> {
                                    service.remove(password);
                                    refresh();
                                })));
        actions.addClassName("chips");
        add(
                new Paragraph(new Span(Texts.t("ui.second.on")), new Span(" "), new RelativeTime(mine.since())),
                new Paragraph(Texts.t("ui.second.left", mine.recoveryCodes())),
                actions);
    }

    private void begin() {
        withPassword(
                "ui.second.begin.title",
                "ui.second.begin.what",
                "ui.second.next",
                password -> learn(service.begin(password)));
    }

    private void learn(Enrolment enrolment) {
        TextField code = new TextField(Texts.t("ui.second.code"));
        code.getElement().setProperty("autocomplete", "one-time-code");
        code.getElement().setAttribute("inputmode", "numeric");
        FormDialog dialog = new FormDialog(
                Texts.t("ui.second.begin.title"),
                Texts.t("ui.second.confirm"),
                () -> showCodes(service.confirm(code.getValue())),
                new Paragraph(Texts.t("ui.second.scan")),
                new QrCode(enrolment.address(), Texts.t("ui.second.qr")),
                new CopyField(Texts.t("ui.second.secret"), enrolment.secret()),
                code);
        dialog.setCloseOnOutsideClick(false);
        dialog.open();
        code.focus();
    }

    private void showCodes(List<String> codes) {
        Dialog dialog = new Dialog(Texts.t("ui.second.codes.title"));
        CopyField field = new CopyField(Texts.t("ui.second.codes.label"), String.join("\n", codes));
        field.addClassName("many-lines");
        Div body = new Div(new Paragraph(Texts.t("ui.second.codes.what")), field);
        body.addClassName("confirm-body");
        dialog.add(body);
        dialog.setCloseOnOutsideClick(false);
        Button close = new Button(Texts.t("ui.second.codes.close"), event -> dialog.close());
        close.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(close);
        dialog.open();
        refresh();
    }

    private static void withPassword(String title, String what, String verb, Consumer<String> act) {
        PasswordField password = new PasswordField(Texts.t("ui.profile.current"));
        password.setAutocomplete(Autocomplete.CURRENT_PASSWORD);
        password.setWidthFull();
        new FormDialog(
                        Texts.t(title),
                        Texts.t(verb),
                        () -> act.accept(password.getValue()),
                        new Paragraph(Texts.t(what)),
                        password)
                .open();
        password.focus();
    }
}

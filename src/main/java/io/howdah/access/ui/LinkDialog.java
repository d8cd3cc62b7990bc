package io.howdah.access.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.howdah.access.OneTimeLink;
import io.howdah.shell.CopyField;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import java.net.URI;

/** Shows a one-time link, this once, to be copied and handed over. */
final class LinkDialog {

    private LinkDialog() {}

    static void show(OneTimeLink link) {
        // The browser knows under which address the portal is reached; behind a proxy the server may not.
        UI.getCurrent().getPage().executeJs("return document.baseURI").then(String.class, base -> {
            String address = URI.create(base).resolve("welcome") + "#" + link.code();
            Dialog dialog = new Dialog(Texts.t("ui.access.link.title", link.personName()));
            Paragraph until = new Paragraph(
                    new Span(Texts.t("ui.access.link.until")), new Span(" "), new RelativeTime(link.validUntil()));
            until.addClassName("quiet");
            Div body = new Div(
                    new Paragraph(Texts.t("ui.access.link.what")),
                    new CopyField(Texts.t("ui.access.link"), address),
                    until);
            body.addClassName("confirm-body");
            dialog.add(body);
            dialog.setCloseOnOutsideClick(false);
            Button close = new Button(Texts.t("ui.access.link.close"), event -> dialog.close());
            close.addThemeVariants(ButtonVariant.PRIMARY);
            dialog.getFooter().add(close);
            dialog.open();
        });
    }
}

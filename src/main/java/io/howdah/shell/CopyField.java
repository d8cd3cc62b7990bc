package io.howdah.shell;

import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;

/** A value to be pasted elsewhere, in fixed-width letters, with a button that copies it and says so. */
@JsModule("context://components/copy-button.js")
public class CopyField extends Div {

    private final Code shown = new Code();
    private final Element button = new Element("howdah-copy");

    /** @param label what the value is; blank shows the value alone, for places that have said it already */
    public CopyField(String label, String value) {
        addClassName("copy-field");
        if (label != null && !label.isBlank()) {
            Span caption = new Span(label);
            caption.addClassName("copy-field-label");
            add(caption);
        }
        Div line = new Div(shown);
        line.addClassName("copy-field-line");
        // Long values scroll inside their box, which the keyboard must reach too.
        shown.getElement().setAttribute("tabindex", "0");
        button.setAttribute(
                "label", label == null || label.isBlank() ? Texts.t("ui.copy") : Texts.t("ui.copy.of", label));
        button.setAttribute("done", Texts.t("ui.copied"));
        line.getElement().appendChild(button);
        add(line);
        setValue(value);
    }

    public final void setValue(String value) {
        shown.setText(value);
        button.setProperty("value", value);
    }
}

package io.howdah.server.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import io.howdah.shell.Glyph;
import io.howdah.shell.Permitted;
import java.util.Optional;

/** A button for something that may not be possible just now, and then says why. */
public final class ActionButton extends Button {

    public ActionButton(String text, Glyph glyph, Runnable act) {
        super(text);
        if (glyph != null) {
            setIcon(glyph.icon());
        }
        addClickListener(event -> act.run());
    }

    public ActionButton primary() {
        addThemeVariants(ButtonVariant.PRIMARY);
        return this;
    }

    public ActionButton grave() {
        addThemeVariants(ButtonVariant.ERROR);
        return this;
    }

    public ActionButton quiet() {
        addThemeVariants(ButtonVariant.TERTIARY);
        return this;
    }

    /** Disables it with the reason as its tooltip, or enables it when there is none. */
    public void refuse(Optional<String> why) {
        if (why.isPresent()) {
            Permitted.disable(this, why.get());
        } else {
            setEnabled(true);
            setTooltipText(null);
        }
    }
}

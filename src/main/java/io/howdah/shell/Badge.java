package io.howdah.shell;

import com.vaadin.flow.component.html.Span;

/** A state said by icon, text and colour together, so that none of them alone has to carry it. */
public class Badge extends Span {

    /** What a state means to the person who looks at it; the only use of colour besides the accent. */
    public enum Tone {
        GOOD,
        BUSY,
        QUIET,
        WARNING,
        BAD
    }

    protected Badge() {
        addClassName("badge");
    }

    protected Badge(Tone tone, Glyph glyph, String text) {
        this();
        show(tone, glyph, text);
    }

    protected final void show(Tone tone, Glyph glyph, String text) {
        removeAll();
        getElement().setAttribute("tone", tone.name().toLowerCase(java.util.Locale.ROOT));
        add(glyph.icon(), new Span(text));
    }
}

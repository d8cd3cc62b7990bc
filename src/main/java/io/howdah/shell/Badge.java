package io.howdah.shell;

import com.vaadin.flow.component.html.Span;

/** A state said by icon, text and colour together, so that none of them alone has to carry it. */
class Badge extends Span {

    /** What a state means to the person who looks at it; the only use of colour besides the accent. */
    enum Tone {
        GOOD,
        BUSY,
        QUIET,
        WARNING,
        BAD
    }

    Badge() {
        addClassName("badge");
    }

    Badge(Tone tone, Glyph glyph, String text) {
        this();
        show(tone, glyph, text);
    }

    final void show(Tone tone, Glyph glyph, String text) {
        removeAll();
        getElement().setAttribute("tone", tone.name().toLowerCase(java.util.Locale.ROOT));
        add(glyph.icon(), new Span(text));
    }
}

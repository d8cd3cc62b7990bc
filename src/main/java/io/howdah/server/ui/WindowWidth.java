package io.howdah.server.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.shared.Registration;
import java.util.function.IntConsumer;

/** Tells a component how wide the browser's window is, for layouts that style sheets can't arrange. */
public final class WindowWidth {

    /** Below this many pixels a table of several columns can't be read. */
    public static final int NARROW_PX = 760;

    private WindowWidth() {}

    /** @param told in CSS pixels, on attach and whenever it changes; an unknown width is taken for a desktop's */
    public static void watch(Component component, IntConsumer told) {
        Registration[] resizing = new Registration[1];
        component.addAttachListener(event -> {
            UI ui = event.getUI();
            int width = ui.getPage().getExtendedClientDetails().getWindowInnerWidth();
            told.accept(width > 0 ? width : Integer.MAX_VALUE);
            resizing[0] = ui.getPage().addBrowserWindowResizeListener(resized -> told.accept(resized.getWidth()));
        });
        component.addDetachListener(event -> resizing[0].remove());
    }
}

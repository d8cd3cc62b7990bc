package io.howdah.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.shared.Registration;

/** Columns for which a narrow window has no room. What they say is a click away on the row's own page. */
public final class WideColumns {

    private WideColumns() {}

    /** Shows {@code columns} only while the window is at least {@code pixels} wide. */
    @SafeVarargs
    public static <T> void only(Grid<T> grid, int pixels, Grid.Column<T>... columns) {
        Registration[] listening = new Registration[1];
        grid.addAttachListener(event -> {
            UI ui = event.getUI();
            show(ui.getPage().getExtendedClientDetails().getWindowInnerWidth() >= pixels, columns);
            listening[0] =
                    ui.getPage().addBrowserWindowResizeListener(size -> show(size.getWidth() >= pixels, columns));
        });
        grid.addDetachListener(event -> listening[0].remove());
    }

    @SafeVarargs
    private static <T> void show(boolean wide, Grid.Column<T>... columns) {
        for (Grid.Column<T> column : columns) {
            column.setVisible(wide);
        }
    }
}

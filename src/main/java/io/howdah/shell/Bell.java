package io.howdah.shell;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;
import io.howdah.operation.OperationService;
import io.howdah.operation.OperationView;
import java.util.List;

/** The operations that run and those that ran last, live, from every page. */
class Bell extends Div {

    private static final int SHOWN = 8;

    private final OperationService operations;
    private final Button button = new Button(Glyph.BELL.icon());
    private final Span count = new Span();
    private final OperationList list = new OperationList(List.of());
    private final Paragraph nothing = new Paragraph(Texts.t("ui.bell.nothing"));
    private final Popover popover = new Popover();
    private List<OperationView> shown = List.of();

    Bell(OperationService operations, Live live) {
        this.operations = operations;
        addClassName("bell");
        button.addThemeVariants(ButtonVariant.TERTIARY);
        count.addClassName("bell-count");
        count.getElement().setAttribute("aria-hidden", "true");
        nothing.addClassName("quiet");
        Anchor all = new Anchor("operations", Texts.t("ui.bell.all"));
        H2 title = new H2(Texts.t("ui.bell.title"));
        title.setId("bell-title");
        Div head = new Div(title, all);
        head.addClassName("card-head");
        Div content = new Div(head, nothing, list);
        content.addClassName("bell-content");
        popover.add(content);
        popover.setTarget(button);
        popover.setPosition(PopoverPosition.BOTTOM_END);
        popover.setRole("dialog");
        popover.setAriaLabelledBy("bell-title");
        popover.setAutofocus(true);
        popover.addClassName("bell-popover");
        add(button, count, popover);
        refresh();
        live.operations(this, this::refresh);
    }

    void close() {
        popover.close();
    }

    private void refresh() {
        List<OperationView> now = operations.recent(SHOWN);
        if (now.equals(shown) && !now.isEmpty()) {
            return;
        }
        shown = now;
        int running = (int) now.stream().filter(each -> !each.status().ended()).count();
        count.setText(Integer.toString(running));
        count.setVisible(running > 0);
        button.setAriaLabel(Texts.t("ui.bell", Texts.count("ui.bell.running", running)));
        nothing.setVisible(now.isEmpty());
        list.setVisible(!now.isEmpty());
        list.setOperations(now);
    }
}

package io.howdah.access.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.HasDynamicTitle;
import io.howdah.shell.Texts;

/** A page before signing in: one card in the middle, without the portal's frame. */
@JsModule("context://components/frame.js")
abstract class EntrancePage extends Main implements HasDynamicTitle {

    private final String title;
    private final H1 heading;
    private final Div card = new Div();

    EntrancePage(String title) {
        this.title = title;
        heading = new H1(title);
        addClassName("entrance");
        card.addClassName("entrance-card");
        Div product = new Div(new Image("images/howdah.svg", ""), new Span(Texts.t("ui.product")));
        product.addClassName("product");
        add(product, card);
    }

    /** Fills the card below its heading. */
    void show(String heading, Component... content) {
        this.heading.setText(heading);
        card.removeAll();
        card.add(this.heading);
        card.add(content);
    }

    /**
     * A real form, so that password managers recognise it. It is never sent by the browser: the button's click, which
     * Enter presses too, goes to the server.
     */
    static Component form(Component... fields) {
        Form form = new Form();
        for (Component field : fields) {
            form.getElement().appendChild(field.getElement());
        }
        return form;
    }

    @Override
    public String getPageTitle() {
        return Texts.t("ui.title", title);
    }

    private static final class Form extends Component {

        Form() {
            super(new Element("form"));
            getElement().setAttribute("class", "entrance-form");
            getElement().executeJs("this.addEventListener('submit', (event) => event.preventDefault())");
        }
    }
}

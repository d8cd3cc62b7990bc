package io.howdah.server.ui;

import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;

/** One of the sections of the create page, which the list at its side jumps to. */
class CreateSection extends Section {

    CreateSection(String id, String title, String explanation) {
        setId(id);
        addClassNames("card", "create-section");
        H2 heading = new H2(title);
        heading.setId(id + "-title");
        getElement().setAttribute("aria-labelledby", id + "-title");
        add(heading);
        if (explanation != null) {
            Paragraph paragraph = new Paragraph(explanation);
            paragraph.addClassName("quiet");
            add(paragraph);
        }
    }
}

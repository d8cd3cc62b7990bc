package io.howdah.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.time.Instant;

/**
 * How long ago (or ahead) an instant is; the exact time in the person's zone and UTC on hover and focus. Keeps itself up to
 * date.
 */
@Tag("howdah-time")
@JsModule("context://components/relative-time.js")
public class RelativeTime extends Component {

    public RelativeTime(Instant instant) {
        setInstant(instant);
    }

    /** @param instant null shows nothing */
    public final void setInstant(Instant instant) {
        if (instant == null) {
            getElement().removeAttribute("instant");
        } else {
            getElement().setAttribute("instant", instant.toString());
        }
    }
}

package io.howdah.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.time.Duration;

/**
 * How long it takes yet, counting down by itself in the browser, and what to say when that time is over. What remains is
 * sent rather than the instant, so that a browser whose clock is wrong still counts right.
 */
@Tag("howdah-remaining")
@JsModule("context://components/remaining-time.js")
public class RemainingTime extends Component {

    /** @param words what to say, with {@code {0}} for the duration */
    public RemainingTime(Duration left, String words, String over) {
        getElement()
                .setAttribute("milliseconds", Long.toString(left.toMillis()))
                .setAttribute("words", words)
                .setAttribute("over", over);
    }
}

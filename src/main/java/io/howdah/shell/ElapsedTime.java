package io.howdah.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.time.Duration;
import java.time.Instant;

/**
 * How long something has been running, counting on by itself in the browser. What has run is sent rather than the
 * instant, so that a browser whose clock is wrong still counts right.
 */
@Tag("howdah-elapsed")
@JsModule("context://components/elapsed-time.js")
public class ElapsedTime extends Component {

    public ElapsedTime(Instant since) {
        this(since, Instant.now());
    }

    /** @param now by the same clock as {@code since} */
    public ElapsedTime(Instant since, Instant now) {
        getElement()
                .setAttribute(
                        "milliseconds",
                        Long.toString(Math.max(0, Duration.between(since, now).toMillis())));
    }
}

package io.howdah.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.communication.AtmospherePushConnection;
import com.vaadin.flow.server.communication.PushConnection;
import com.vaadin.flow.server.communication.PushConnectionFactory;

/**
 * Push whose end nobody waits for. The container writes a WebSocket's farewell without any limit of time, and now and then,
 * where the browser goes at the same moment, that write never returns: Vaadin would wait for it with the session locked, and
 * all pages of that person would stand still.
 */
public class PatientPush implements PushConnectionFactory {

    private static final long serialVersionUID = 1;

    @Override
    public PushConnection apply(UI ui) {
        return new AtmospherePushConnection(ui) {

            private static final long serialVersionUID = 1;

            @Override
            public void disconnect() {
                Thread.ofVirtual().name("push-end").start(super::disconnect);
            }
        };
    }
}

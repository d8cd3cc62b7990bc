package io.howdah.server.ui;

import com.vaadin.flow.component.notification.Notification;
import io.howdah.shared.Problem;
import io.howdah.shell.ProblemNotice;
import java.util.UUID;

/** What a page does once an action on a server was begun or refused. */
interface Reaction {

    void begun(UUID operationId);

    void refused(Problem problem);

    /** For places where the state shown tells the rest: a short note in the corner. */
    static Reaction note(String text) {
        return new Reaction() {
            @Override
            public void begun(UUID operationId) {
                Notification.show(text, 4_000, Notification.Position.BOTTOM_START);
            }

            @Override
            public void refused(Problem problem) {
                ProblemNotice.show(problem);
            }
        };
    }
}

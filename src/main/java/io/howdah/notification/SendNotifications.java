package io.howdah.notification;

import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;

/** The safety net under the sender: takes up what no commit announced, such as what a node that died has left. */
@Dependent
class SendNotifications implements StandingJob {

    @Inject
    private Sender sender;

    @Override
    public String name() {
        return "send-notifications";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(10);
    }

    @Override
    public String run() {
        sender.wake();
        return null;
    }
}

package io.howdah.approval;

import io.howdah.shared.Messages;
import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;

/** Ends requests, approvals and emergency access whose time is over, and does what was approved before a node died. */
@Dependent
class ExpireApprovals implements StandingJob {

    @Inject
    private ApprovalEnds ends;

    @Inject
    private RunApproved approved;

    @Override
    public String name() {
        return "expire-approvals";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public String run() {
        int ended = ends.expire() + ends.endEmergencies();
        ends.untaken().forEach(approved::run);
        return ended == 0 ? null : Messages.text("job.expire-approvals.did", ended);
    }
}

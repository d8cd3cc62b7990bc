package io.howdah.schedule;

import jakarta.ejb.Stateless;
import java.time.Instant;
import java.util.List;

/** All that is done by itself, the product's standing jobs and people's schedules alike. */
@Stateless
public class JobService {

    public List<JobView> list() {
        throw new UnsupportedOperationException();
    }

    public JobView get(String key) {
        throw new UnsupportedOperationException();
    }

    /** Newest first. */
    public List<RunView> history(String key, int offset, int limit) {
        throw new UnsupportedOperationException();
    }

    public int countHistory(String key) {
        throw new UnsupportedOperationException();
    }

    public void runNow(String key) {
        throw new UnsupportedOperationException();
    }

    public void pause(String key) {
        throw new UnsupportedOperationException();
    }

    public void resume(String key) {
        throw new UnsupportedOperationException();
    }

    /** The runs to come in that time, in their order; standing jobs more frequent than hourly are left out. */
    public List<PlannedRun> planned(Instant from, Instant to) {
        throw new UnsupportedOperationException();
    }

    /** The runs planned in that time that have begun or ended, newest first; the same jobs as in {@link #planned}. */
    public List<PastRun> past(Instant from, Instant to) {
        throw new UnsupportedOperationException();
    }
}

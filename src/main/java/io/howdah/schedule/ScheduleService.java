package io.howdah.schedule;

import io.howdah.shared.Problem;
import jakarta.ejb.Stateless;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What people put on a timetable for their servers: making, changing, pausing and running schedules, and their runs. */
@Stateless
public class ScheduleService {

    /** By name. */
    public List<ScheduleView> ofServer(UUID serverId) {
        throw new UnsupportedOperationException();
    }

    public List<ScheduleView> all() {
        throw new UnsupportedOperationException();
    }

    public ScheduleView get(UUID id) {
        throw new UnsupportedOperationException();
    }

    public List<ActionView> actions(UUID serverId) {
        throw new UnsupportedOperationException();
    }

    public Optional<Problem> check(ScheduleDraft draft) {
        throw new UnsupportedOperationException();
    }

    public Preview preview(UUID replaces, List<ScheduleDraft> drafts) {
        throw new UnsupportedOperationException();
    }

    public UUID create(ScheduleDraft draft) {
        throw new UnsupportedOperationException();
    }

    public List<UUID> createAll(List<ScheduleDraft> drafts) {
        throw new UnsupportedOperationException();
    }

    public void change(UUID id, ScheduleDraft draft) {
        throw new UnsupportedOperationException();
    }

    public void delete(UUID id) {
        throw new UnsupportedOperationException();
    }

    public void pause(UUID id) {
        throw new UnsupportedOperationException();
    }

    public void resume(UUID id) {
        throw new UnsupportedOperationException();
    }

    /** @return the run's id */
    public UUID runNow(UUID id) {
        throw new UnsupportedOperationException();
    }

    /** Newest first. */
    public List<RunView> runs(UUID scheduleId, int offset, int limit) {
        throw new UnsupportedOperationException();
    }

    public int countRuns(UUID scheduleId) {
        throw new UnsupportedOperationException();
    }

    /** The text kept of a run, or null. */
    public String output(UUID runId) {
        throw new UnsupportedOperationException();
    }

    /** The people who may see the server. */
    public List<PersonChoice> tellable(UUID serverId) {
        throw new UnsupportedOperationException();
    }

    public List<String> databases(UUID serverId) {
        throw new UnsupportedOperationException();
    }

    public List<String> roles(UUID serverId) {
        throw new UnsupportedOperationException();
    }
}

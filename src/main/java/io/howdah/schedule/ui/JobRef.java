package io.howdah.schedule.ui;

import static io.howdah.shared.Retold.told;

import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.schedule.JobView;
import io.howdah.schedule.ScheduleView;
import java.util.UUID;

/**
 * A job as far as it takes to do something with it, whether it comes from the list of jobs or from a server's schedules.
 *
 * @param scheduleId null for the product's own jobs, which have no server either
 */
record JobRef(String key, String title, boolean paused, UUID scheduleId, Scope scope, String serverName) {

    static JobRef of(JobView job) {
        return new JobRef(job.key(), told(job.title()), job.paused(), job.scheduleId(), job.scope(), job.serverName());
    }

    static JobRef of(ScheduleView schedule) {
        return new JobRef(
                "schedule:" + schedule.id(),
                schedule.name(),
                schedule.paused(),
                schedule.id(),
                Scope.server(schedule.teamId(), schedule.serverId()),
                schedule.serverName());
    }

    boolean standing() {
        return scheduleId == null;
    }

    Permission needed() {
        return standing() ? Permission.JOBS_WRITE : Permission.SCHEDULES_WRITE;
    }

    /** The address of its page. */
    String href() {
        return "jobs/" + key;
    }

    String editHref() {
        return SchedulesPage.address(serverName) + "/" + scheduleId;
    }
}

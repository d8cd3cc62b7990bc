package io.howdah.schedule.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import io.howdah.access.Scope;
import io.howdah.schedule.JobView;
import io.howdah.schedule.Timetable;
import io.howdah.schedule.Timing;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobsAddressTest {

    private static final JobsAddress FULL = new JobsAddress(
            true,
            JobsAddress.Kind.SCHEDULES,
            "orders-db",
            "nightly",
            new CalendarWeek(LocalDate.of(2026, 11, 23)),
            "Europe/Berlin");

    @Test
    void whatAnAddressSaysIsWhatItWasMadeFrom() {
        assertThat(read(FULL.parameters())).isEqualTo(FULL);
        assertThat(read(JobsAddress.ALL.parameters())).isEqualTo(JobsAddress.ALL);
        assertThat(FULL.href())
                .isEqualTo("jobs?view=week&kind=schedules&server=orders-db&q=nightly&week=2026-W48"
                        + "&zone=Europe%2FBerlin");
    }

    @Test
    void thePlainListHasAPlainAddress() {
        assertThat(JobsAddress.ALL.href()).isEqualTo("jobs");
    }

    @Test
    void whatMakesNoSenseIsPassedOver() {
        JobsAddress read = read(Map.of("view", "month", "kind", "odd", "week", "2026-W77", "zone", "Atlantis/Capital"));
        assertThat(read).isEqualTo(JobsAddress.ALL);
    }

    @Test
    void theListForgetsWhichWeekTheCalendarShows() {
        assertThat(FULL.asCalendar(false).parameters()).doesNotContainKeys("view", "week", "zone");
        assertThat(FULL.asCalendar(false).asCalendar(true)).isEqualTo(FULL);
    }

    @Test
    void kindServerAndTextNarrowTheJobs() {
        JobView own = job(true, "Look after servers", null);
        JobView nightly = job(false, "Nightly vacuum", "orders-db");
        JobView elsewhere = job(false, "Nightly vacuum", "crm-db");
        List<JobView> all = List.of(own, nightly, elsewhere);
        assertThat(all).filteredOn(JobsAddress.ALL::shows).containsExactlyElementsOf(all);
        assertThat(all).filteredOn(FULL::shows).containsExactly(nightly);
        assertThat(all)
                .filteredOn(JobsAddress.ALL.withKind(JobsAddress.Kind.OWN)::shows)
                .containsExactly(own);
        assertThat(all).filteredOn(JobsAddress.ALL.withText("CRM")::shows).containsExactly(elsewhere);
        assertThat(FULL.narrowed()).isTrue();
        assertThat(FULL.widened().narrowed()).isFalse();
        assertThat(FULL.widened().week()).isEqualTo(FULL.week());
    }

    private static JobView job(boolean standing, String title, String server) {
        return new JobView(
                standing ? "standing:one" : "schedule:one",
                standing,
                title,
                "what it does",
                new Timing(new Timetable.Daily(LocalTime.of(2, 0)), ZoneOffset.UTC, null, null),
                Duration.ofMinutes(5),
                List.of(),
                false,
                null,
                standing ? null : UUID.randomUUID(),
                server,
                standing ? Scope.INSTALLATION : Scope.server(UUID.randomUUID(), UUID.randomUUID()),
                standing ? null : "ada");
    }

    private static JobsAddress read(Map<String, String> parameters) {
        return JobsAddress.of(QueryParameters.simple(parameters));
    }
}

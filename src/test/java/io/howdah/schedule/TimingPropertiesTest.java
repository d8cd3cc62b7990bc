package io.howdah.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.schedule.Timetable.Cron;
import io.howdah.schedule.Timetable.Daily;
import io.howdah.schedule.Timetable.Monthly;
import io.howdah.schedule.Timetable.Once;
import io.howdah.schedule.Timetable.Weekly;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The rules of time, against an oracle that knows nothing of cron or of steps: it goes through every minute of the local
 * calendar, or of the clock, of a week in which some zone changed its clocks.
 */
class TimingPropertiesTest {

    private static final int ENOUGH = 20_000;

    /** Half-hour changes, changes at midnight, two-hour changes, a skipped day, odd offsets, none at all. */
    private static final List<String> ZONES = List.of(
            "Europe/Berlin",
            "Europe/Dublin",
            "Europe/Lisbon",
            "America/New_York",
            "America/St_Johns",
            "America/Sao_Paulo",
            "America/Asuncion",
            "America/Havana",
            "America/Nuuk",
            "America/Scoresbysund",
            "Africa/Cairo",
            "Africa/Casablanca",
            "Antarctica/Troll",
            "Asia/Beirut",
            "Asia/Gaza",
            "Asia/Kathmandu",
            "Asia/Kolkata",
            "Asia/Pyongyang",
            "Asia/Tehran",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Pacific/Chatham",
            "Pacific/Kwajalein",
            "UTC");

    /** A week somewhere. */
    record Week(ZoneId zone, Instant start) {

        Instant end() {
            return start.plus(Duration.ofDays(7));
        }
    }

    /** A timetable, and which local times it means. */
    record Meant(Timetable timetable, Predicate<LocalDateTime> means, boolean everyOccurrence) {}

    @Property(tries = 1500)
    void runsAreExactlyTheMinutesThatAreMeant(@ForAll("weeks") Week week, @ForAll("timetables") Meant meant) {
        Timing timing = new Timing(meant.timetable(), week.zone(), null, null);
        assertThat(instants(timing.between(week.start(), week.end(), ENOUGH)))
                .as("%s in %s", timing, week)
                .containsExactlyElementsOf(expected(meant, week, date -> true));
    }

    @Property(tries = 500)
    void nothingRunsBeforeTheFirstDayOrAfterTheLast(
            @ForAll("weeks") Week week,
            @ForAll("timetables") Meant meant,
            @ForAll("aFewDays") int first,
            @ForAll("aFewDays") int more) {
        LocalDate from = LocalDate.ofInstant(week.start(), week.zone()).plusDays(first);
        LocalDate until = from.plusDays(more);
        Timing timing = new Timing(meant.timetable(), week.zone(), from, until);
        assertThat(instants(timing.between(week.start(), week.end(), ENOUGH)))
                .as("%s in %s", timing, week)
                .containsExactlyElementsOf(expected(meant, week, date -> !date.isBefore(from) && !date.isAfter(until)));
    }

    @Property(tries = 300)
    void theRunsBetweenAreEachTheNextOfTheOneBefore(@ForAll("weeks") Week week, @ForAll("timetables") Meant meant) {
        Timing timing = new Timing(meant.timetable(), week.zone(), null, null);
        List<Instant> oneByOne = new ArrayList<>();
        ZonedDateTime run = timing.next(week.start()).orElse(null);
        while (run != null && !run.toInstant().isAfter(week.end())) {
            assertThat(oneByOne).allMatch(run.toInstant()::isAfter);
            oneByOne.add(run.toInstant());
            run = timing.next(run.toInstant()).orElse(null);
        }
        assertThat(instants(timing.between(week.start(), week.end(), ENOUGH))).isEqualTo(oneByOne);
        assertThat(timing.between(week.start(), week.end(), 3)).hasSize(Math.min(3, oneByOne.size()));
    }

    @Property(tries = 500)
    void aTimetableComesBackFromItsColumnAsItWas(@ForAll("timetables") Meant meant) {
        assertThat(Timetables.read(Timetables.write(meant.timetable()))).isEqualTo(meant.timetable());
    }

    /** Whatever Quartz accepts can be explained, and no two expressions that run differently have the same words. */
    @Property(tries = 3000)
    void everyExpressionHasWordsOfItsOwn(@ForAll("alike") Alike alike) {
        assertThat(CronWords.of(alike.one())).as(alike.one()).isNotBlank().doesNotContain("{", "null", "  ");
        if (CronWords.of(alike.one()).equals(CronWords.of(alike.other()))) {
            Instant start = Instant.parse("2026-01-01T00:00:00Z");
            Instant end = Instant.parse("2030-01-01T00:00:00Z");
            assertThat(instants(cron(alike.one()).between(start, end, 200)))
                    .as("%s and %s: %s", alike.one(), alike.other(), CronWords.of(alike.one()))
                    .isEqualTo(instants(cron(alike.other()).between(start, end, 200)));
        }
    }

    /** Two expressions that differ in one part at most. */
    record Alike(String one, String other) {}

    private static Timing cron(String expression) {
        return new Timing(new Cron(expression), ZoneId.of("UTC"), null, null);
    }

    /** Out of few parts, so that different ones often mean the same. */
    @Provide
    Arbitrary<Alike> alike() {
        Arbitrary<String> seconds = Arbitraries.of("0", "*", "5", "0/10", "0,30", "10-20", "3/10");
        Arbitrary<String> minutes =
                Arbitraries.of("*", "0", "30", "0/15", "*/15", "0,15,30,45", "5/20", "0/7", "10-12");
        Arbitrary<String> hours = Arbitraries.of("*", "0-23", "2", "8-18", "22-2", "0/2", "*/6", "8,12", "1/5");
        Arbitrary<String> days = Arbitraries.of(
                "* * ?",
                "? * *",
                "? * 1-7",
                "1 * ?",
                "1,15 * ?",
                "29 2 ?",
                "28,29 FEB ?",
                "31 * ?",
                "30,31 1-6 ?",
                "L * ?",
                "L-1 * ?",
                "L-3 * ?",
                "LW * ?",
                "15W * ?",
                "1,L * ?",
                "1-7 * ?",
                "*/10 * ?",
                "? * MON-FRI",
                "? * 2-6",
                "? * MON,TUE,WED,THU,FRI",
                "? * L",
                "? * 7",
                "? * SAT",
                "? * 6L",
                "? * FRIL",
                "? * 6#3",
                "? * FRI#3",
                "? * MON#5",
                "? * SAT,SUN",
                "? * FRI-MON",
                "1 1/3 ?",
                "1 JAN,APR,JUL,OCT ?",
                "1 */2 ?",
                "? 3-5 SUN");
        Arbitrary<String> years = Arbitraries.of("", " *", " 2027", " 2027-2029", " 2027,2029");
        Arbitrary<List<String>> parts = Combinators.combine(seconds, minutes, hours, days, years)
                .as((second, minute, hour, day, year) -> List.of(second, minute, hour, day, year));
        return Combinators.combine(parts, parts, Arbitraries.integers().between(0, 4))
                .as((one, another, changed) -> {
                    List<String> other = new ArrayList<>(one);
                    other.set(changed, another.get(changed));
                    return new Alike(expression(one), expression(other));
                });
    }

    private static String expression(List<String> parts) {
        return String.join(" ", parts.subList(0, 4)) + parts.get(4);
    }

    private static List<Instant> instants(List<ZonedDateTime> runs) {
        return runs.stream().map(ZonedDateTime::toInstant).toList();
    }

    private static TreeSet<Instant> expected(Meant meant, Week week, Predicate<LocalDate> day) {
        TreeSet<Instant> expected = new TreeSet<>();
        if (meant.everyOccurrence()) {
            for (Instant at = week.start().plusSeconds(60); !at.isAfter(week.end()); at = at.plusSeconds(60)) {
                LocalDateTime shown = LocalDateTime.ofInstant(at, week.zone());
                if (meant.means().test(shown) && day.test(shown.toLocalDate())) {
                    expected.add(at);
                }
            }
            return expected;
        }
        LocalDateTime last = LocalDateTime.ofInstant(week.end(), week.zone()).plusDays(3);
        for (LocalDateTime time =
                        LocalDateTime.ofInstant(week.start(), week.zone()).minusDays(3);
                time.isBefore(last);
                time = time.plusMinutes(1)) {
            if (meant.means().test(time) && day.test(time.toLocalDate())) {
                Instant at = oneInstant(time, week.zone());
                if (at.isAfter(week.start()) && !at.isAfter(week.end())) {
                    expected.add(at);
                }
            }
        }
        return expected;
    }

    /** The first time the clock shows it; what it never shows comes as much later as the clock is put forward. */
    private static Instant oneInstant(LocalDateTime time, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        if (!offsets.isEmpty()) {
            return offsets.stream().map(time::toInstant).min(Instant::compareTo).orElseThrow();
        }
        ZoneOffsetTransition gap = zone.getRules().getTransition(time);
        return time.plus(gap.getDuration()).toInstant(gap.getOffsetAfter());
    }

    @Provide
    Arbitrary<Integer> aFewDays() {
        return Arbitraries.integers().between(0, 6);
    }

    /** Mostly around a change of the clocks. */
    @Provide
    Arbitrary<Week> weeks() {
        Arbitrary<ZoneId> zones = Arbitraries.of(ZONES).map(ZoneId::of);
        Arbitrary<Integer> years = Arbitraries.integers().between(1985, 2037);
        Arbitrary<Integer> days = Arbitraries.integers().between(0, 364);
        Arbitrary<Integer> minutesBefore = Arbitraries.integers().between(-60, 7 * 1440);
        return Combinators.combine(zones, years, days, minutesBefore).as((zone, year, day, before) -> {
            Instant start =
                    LocalDate.of(year, 1, 1).plusDays(day).atStartOfDay(zone).toInstant();
            ZoneOffsetTransition change = zone.getRules().nextTransition(start);
            Instant around = change == null ? start : change.getInstant();
            return new Week(zone, around.minus(Duration.ofMinutes(before)));
        });
    }

    @Provide
    Arbitrary<Meant> timetables() {
        Arbitrary<LocalTime> times = Combinators.combine(
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(3, Arbitraries.integers().between(0, 3)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0, 23))),
                        Arbitraries.integers().between(0, 59))
                .as(LocalTime::of);
        Arbitrary<Set<DayOfWeek>> days =
                Arbitraries.of(DayOfWeek.class).set().ofMinSize(1).ofMaxSize(7);
        Arbitrary<Meant> daily = times.map(
                at -> new Meant(new Daily(at), time -> time.toLocalTime().equals(at), false));
        Arbitrary<Meant> weekly = Combinators.combine(days, times)
                .as((on, at) -> new Meant(
                        new Weekly(on, at),
                        time -> on.contains(time.getDayOfWeek())
                                && time.toLocalTime().equals(at),
                        false));
        Arbitrary<Meant> monthly = Combinators.combine(Arbitraries.integers().between(1, 31), times)
                .as((day, at) -> new Meant(
                        new Monthly(day, at),
                        time -> time.getDayOfMonth()
                                        == Math.min(day, YearMonth.from(time).lengthOfMonth())
                                && time.toLocalTime().equals(at),
                        false));
        Arbitrary<Meant> once = Combinators.combine(
                        Arbitraries.integers().between(1985, 2037),
                        Arbitraries.integers().between(1, 365),
                        times)
                .as((year, day, at) -> LocalDate.ofYearDay(year, day).atTime(at))
                .map(at -> new Meant(new Once(at), at::equals, false));
        return Arbitraries.oneOf(daily, weekly, monthly, once, crons(), crons(), crons());
    }

    private record Field(String text, Set<Integer> values) {}

    /** The days of the week or of the month that a cron expression means. */
    private record Days(String ofMonth, String ofWeek, Predicate<LocalDate> means) {}

    private static Arbitrary<Meant> crons() {
        Arbitrary<Field> minutes = Arbitraries.oneOf(list(0, 59), steps(0, 59));
        Arbitrary<Field> someHours = Arbitraries.oneOf(list(0, 4), list(0, 23), range());
        Arbitrary<Field> repeatedHours = Arbitraries.oneOf(Arbitraries.just(all(0, 23)), steps(0, 23));
        return Combinators.combine(minutes, Arbitraries.oneOf(someHours, repeatedHours), days())
                .as((minute, hour, days) -> new Meant(
                        new Cron("0 " + minute.text() + " " + hour.text() + " " + days.ofMonth() + " * "
                                + days.ofWeek()),
                        time -> minute.values().contains(time.getMinute())
                                && hour.values().contains(time.getHour())
                                && days.means().test(time.toLocalDate()),
                        hour.text().matches("\\*|.*/.*") && hour.values().size() > 1));
    }

    private static Arbitrary<Days> days() {
        Arbitrary<Days> every = Arbitraries.of(
                new Days("*", "?", date -> true),
                new Days("L", "?", date -> date.getDayOfMonth() == date.lengthOfMonth()),
                new Days("?", "MON-FRI", date -> date.getDayOfWeek().getValue() <= 5),
                new Days(
                        "?",
                        "6L",
                        date -> date.getDayOfWeek() == DayOfWeek.FRIDAY
                                && date.getDayOfMonth() > date.lengthOfMonth() - 7));
        Arbitrary<Days> numbered = list(1, 31)
                .map(field -> new Days(field.text(), "?", date -> field.values().contains(date.getDayOfMonth())));
        Arbitrary<Days> named = Arbitraries.of(DayOfWeek.class)
                .set()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(on -> new Days(
                        "?",
                        on.stream().map(day -> day.name().substring(0, 3)).collect(Collectors.joining(",")),
                        date -> on.contains(date.getDayOfWeek())));
        return Arbitraries.oneOf(every, every, numbered, named);
    }

    private static Field all(int first, int last) {
        return new Field("*", IntStream.rangeClosed(first, last).boxed().collect(Collectors.toSet()));
    }

    private static Arbitrary<Field> list(int first, int last) {
        return Arbitraries.integers()
                .between(first, last)
                .set()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(values ->
                        new Field(values.stream().map(String::valueOf).collect(Collectors.joining(",")), values));
    }

    private static Arbitrary<Field> range() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(1, 20))
                .as((first, more) -> new Field(
                        first + "-" + (first + more),
                        IntStream.rangeClosed(first, first + more).boxed().collect(Collectors.toSet())));
    }

    private static Arbitrary<Field> steps(int first, int last) {
        return Combinators.combine(
                        Arbitraries.integers().between(-1, last / 4),
                        Arbitraries.integers().between(1, last))
                .as((start, step) -> new Field(
                        (start < first ? "*" : String.valueOf(start)) + "/" + step,
                        IntStream.iterate(Math.max(first, start), value -> value <= last, value -> value + step)
                                .boxed()
                                .collect(Collectors.toSet())));
    }
}

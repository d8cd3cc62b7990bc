package io.howdah.schedule.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where in a calendar of one week each run stands. The rows are the hours of the local clock: an hour that comes twice when
 * clocks go back has a second row, and an hour that clocks skip is absent from its day. So a day of 23 or 25 hours shows as
 * many.
 */
final class WeekLayout {

    /** So many chips an hour of a day shows; of more, one fewer and the rest behind a count. */
    static final int CHIPS = 4;

    /** So many runs of one job in an hour are shown one by one; of more, one chip says how many. */
    private static final int SINGLE_RUNS = 2;

    private static final Duration GRAIN = Duration.ofMinutes(5);

    /** How a run stands, in the order of how much it matters. */
    enum State {
        FAILED,
        MISSED,
        RUNNING,
        SKIPPED,
        SUCCEEDED,
        PLANNED
    }

    /**
     * A run in the week.
     *
     * @param job the job's key
     * @param serverName null for the product's own jobs
     */
    record Mark(Instant at, String job, String title, String serverName, State state) {}

    /** An hour of the local clock; {@code again} for the second one when clocks go back. */
    record Row(int hour, boolean again) implements Comparable<Row> {

        @Override
        public int compareTo(Row other) {
            return Comparator.comparingInt(Row::hour).thenComparing(Row::again).compare(this, other);
        }
    }

    /** One chip: a run, or as many of the same job and state within the hour as {@code count} says. */
    record Chip(Mark first, int count) {}

    /** What one hour of one day holds: the chips that are shown, and those behind "+3". */
    record Cell(Row row, List<Chip> shown, List<Chip> more) {}

    /** @param absent the rows that this day does not have */
    record Day(LocalDate date, Duration length, List<Cell> cells, Set<Row> absent) {

        int runs() {
            return cells.stream()
                    .flatMap(cell -> java.util.stream.Stream.concat(cell.shown().stream(), cell.more().stream()))
                    .mapToInt(Chip::count)
                    .sum();
        }

        boolean unusual() {
            return !length.equals(Duration.ofDays(1));
        }
    }

    private final ZoneId zone;
    private final List<Row> rows;
    private final List<Day> days;

    WeekLayout(CalendarWeek week, ZoneId zone, List<Mark> marks) {
        this.zone = zone;
        Map<LocalDate, Set<Row>> present = new LinkedHashMap<>();
        TreeSet<Row> all = new TreeSet<>();
        for (int hour = 0; hour < 24; hour++) {
            all.add(new Row(hour, false));
        }
        for (LocalDate date : week.days()) {
            Set<Row> ofDay = rowsOf(date);
            present.put(date, ofDay);
            all.addAll(ofDay);
        }
        rows = List.copyOf(all);
        List<Day> laidOut = new ArrayList<>();
        for (LocalDate date : week.days()) {
            Set<Row> absent = new HashSet<>(rows);
            absent.removeAll(present.get(date));
            laidOut.add(new Day(date, length(date), cells(date, marks), Set.copyOf(absent)));
        }
        days = List.copyOf(laidOut);
    }

    List<Row> rows() {
        return rows;
    }

    List<Day> days() {
        return days;
    }

    /** The row an instant stands in. */
    Row row(Instant at) {
        return row(at.atZone(zone));
    }

    /** How far into its hour an instant is, from 0 to 1. */
    double withinHour(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        return (local.getMinute() * 60 + local.getSecond()) / 3600.0;
    }

    LocalDate dateOf(Instant at) {
        return at.atZone(zone).toLocalDate();
    }

    private static Row row(ZonedDateTime local) {
        boolean again = !local.withEarlierOffsetAtOverlap().getOffset().equals(local.getOffset());
        return new Row(local.getHour(), again);
    }

    private Duration length(LocalDate date) {
        return Duration.between(
                date.atStartOfDay(zone).toInstant(),
                date.plusDays(1).atStartOfDay(zone).toInstant());
    }

    private Set<Row> rowsOf(LocalDate date) {
        Set<Row> found = new HashSet<>();
        Instant end = date.plusDays(1).atStartOfDay(zone).toInstant();
        for (Instant at = date.atStartOfDay(zone).toInstant(); at.isBefore(end); at = at.plus(GRAIN)) {
            found.add(row(at));
        }
        return found;
    }

    private List<Cell> cells(LocalDate date, List<Mark> marks) {
        TreeMap<Row, List<Mark>> byRow = new TreeMap<>();
        marks.stream()
                .filter(mark -> dateOf(mark.at()).equals(date))
                .sorted(Comparator.comparing(Mark::at))
                .forEach(mark -> byRow.computeIfAbsent(row(mark.at()), row -> new ArrayList<>())
                        .add(mark));
        List<Cell> cells = new ArrayList<>();
        byRow.forEach((row, found) -> {
            List<Chip> chips = chips(found);
            int shown = chips.size() <= CHIPS ? chips.size() : CHIPS - 1;
            cells.add(new Cell(row, chips.subList(0, shown), chips.subList(shown, chips.size())));
        });
        return cells;
    }

    private static List<Chip> chips(List<Mark> marks) {
        record Same(String job, State state) {}
        Map<Same, List<Mark>> bySame = new LinkedHashMap<>();
        marks.forEach(mark -> bySame.computeIfAbsent(new Same(mark.job(), mark.state()), same -> new ArrayList<>())
                .add(mark));
        List<Chip> chips = new ArrayList<>();
        for (List<Mark> same : bySame.values()) {
            if (same.size() > SINGLE_RUNS) {
                chips.add(new Chip(same.getFirst(), same.size()));
            } else {
                same.forEach(mark -> chips.add(new Chip(mark, 1)));
            }
        }
        chips.sort(Comparator.comparing((Chip chip) -> chip.first().at())
                .thenComparing(chip -> chip.first().state())
                .thenComparing(chip -> chip.first().title()));
        return List.copyOf(chips);
    }
}

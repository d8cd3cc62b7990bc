package io.howdah.schedule;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Set;

/** When something is to be done, as people say it: in local time, without a zone. */
public sealed interface Timetable {

    record Once(LocalDateTime at) implements Timetable {}

    record Daily(LocalTime at) implements Timetable {}

    record Weekly(Set<DayOfWeek> days, LocalTime at) implements Timetable {

        public Weekly {
            days = Set.copyOf(days);
        }
    }

    /** @param day 1 to 31; a month that has no such day runs on its last */
    record Monthly(int day, LocalTime at) implements Timetable {}

    /** @param expression in Quartz's syntax: seconds, minutes, hours, day of month, month, day of week, and perhaps year */
    record Cron(String expression) implements Timetable {}
}

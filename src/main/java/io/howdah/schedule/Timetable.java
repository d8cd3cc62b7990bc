package io.howdah.schedule;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/** When something is to be done, as people say it: in local time to the second, without a zone. */
public sealed interface Timetable {

    record Once(LocalDateTime at) implements Timetable {

        public Once {
            at = at == null ? null : at.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    record Daily(LocalTime at) implements Timetable {

        public Daily {
            at = wholeSeconds(at);
        }
    }

    record Weekly(Set<DayOfWeek> days, LocalTime at) implements Timetable {

        public Weekly {
            days = days == null ? Set.of() : Set.copyOf(days);
            at = wholeSeconds(at);
        }
    }

    /** @param day 1 to 31; a month that has no such day runs on its last */
    record Monthly(int day, LocalTime at) implements Timetable {

        public Monthly {
            at = wholeSeconds(at);
        }
    }

    /** @param expression in Quartz's syntax: seconds, minutes, hours, day of month, month, day of week, and perhaps year */
    record Cron(String expression) implements Timetable {

        public Cron {
            expression = expression == null ? null : expression.strip();
        }
    }

    private static LocalTime wholeSeconds(LocalTime at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.SECONDS);
    }
}

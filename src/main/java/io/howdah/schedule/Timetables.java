package io.howdah.schedule;

import io.howdah.schedule.Timetable.Cron;
import io.howdah.schedule.Timetable.Daily;
import io.howdah.schedule.Timetable.Monthly;
import io.howdah.schedule.Timetable.Once;
import io.howdah.schedule.Timetable.Weekly;
import io.howdah.shared.Json;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Timetables as text, for their column. */
final class Timetables {

    private Timetables() {}

    static String write(Timetable timetable) {
        return Json.write(
                switch (timetable) {
                    case Once once -> Map.of("kind", "once", "at", once.at().toString());
                    case Daily daily -> Map.of("kind", "daily", "at", daily.at().toString());
                    case Weekly weekly ->
                        Map.of(
                                "kind",
                                "weekly",
                                "days",
                                days(weekly),
                                "at",
                                weekly.at().toString());
                    case Monthly monthly ->
                        Map.of(
                                "kind",
                                "monthly",
                                "day",
                                String.valueOf(monthly.day()),
                                "at",
                                monthly.at().toString());
                    case Cron cron -> Map.of("kind", "cron", "expression", cron.expression());
                });
    }

    static Timetable read(String json) {
        Map<String, String> parts = Json.readMap(json);
        return switch (parts.get("kind")) {
            case "once" -> new Once(LocalDateTime.parse(parts.get("at")));
            case "daily" -> new Daily(at(parts));
            case "weekly" ->
                new Weekly(
                        Arrays.stream(parts.get("days").split(","))
                                .map(DayOfWeek::valueOf)
                                .collect(Collectors.toSet()),
                        at(parts));
            case "monthly" -> new Monthly(Integer.parseInt(parts.get("day")), at(parts));
            case "cron" -> new Cron(parts.get("expression"));
            default -> throw new IllegalArgumentException(json);
        };
    }

    private static LocalTime at(Map<String, String> parts) {
        return LocalTime.parse(parts.get("at"));
    }

    private static String days(Weekly weekly) {
        return weekly.days().stream().sorted().map(DayOfWeek::name).collect(Collectors.joining(","));
    }
}

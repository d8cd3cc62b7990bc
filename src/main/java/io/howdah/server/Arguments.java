package io.howdah.server;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What was filled in for an action on a timetable, as the values that it means. */
record Arguments(Map<String, String> values) {

    String text(String name) {
        return values.getOrDefault(name, "").strip();
    }

    /** As it was written, blanks and all. */
    String script(String name) {
        return values.getOrDefault(name, "");
    }

    List<String> lines(String name) {
        return text(name)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** @throws io.howdah.shared.ProblemException TimeoutOutOfRange when it is no number of seconds */
    Duration seconds(String name, Duration otherwise, String least, Duration most) {
        String text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("\\d{1,6}")) {
            throw Problem.of(ProblemCode.TimeoutOutOfRange, least, most.toHours() + " h")
                    .at(name)
                    .raise();
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }
}

package io.howdah.scaling;

import io.howdah.engine.SettingChange;
import io.howdah.operation.OperationView;
import io.howdah.operation.StepView;
import io.howdah.server.SizeChangeView;
import io.howdah.shared.Json;
import io.howdah.shared.Messages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a change of size came to.
 *
 * @param why it was asked for: by a person, a timetable, a plan, or what autoscale decided on
 * @param longestWaitMillis how long clients of the pooled endpoint waited at most
 * @param transactions that went through the pooled endpoint meanwhile, or null when that is not known
 * @param transactionsFailed errors that it told its clients, or null
 * @param settings those that changed with the size
 */
public record Receipt(
        UUID operation,
        String correlationId,
        String server,
        String requestedBy,
        String why,
        Instant requestedAt,
        Instant startedAt,
        Instant endedAt,
        String sizeBefore,
        String sizeAfter,
        boolean restarted,
        long longestWaitMillis,
        Long transactions,
        Integer transactionsFailed,
        List<SettingChange> settings,
        List<Step> steps) {

    /** One step of the operation. */
    public record Step(String title, Instant startedAt, Instant endedAt) {}

    static Receipt of(OperationView operation, SizeChangeView change) {
        return new Receipt(
                operation.id(),
                operation.correlationId(),
                operation.subjectName(),
                operation.requestedBy(),
                change.why() == null ? Messages.text("scaling.why.person") : change.why(),
                operation.requestedAt(),
                operation.startedAt(),
                operation.endedAt(),
                change.before(),
                change.after(),
                change.restarted(),
                change.held().toMillis(),
                change.transactions(),
                change.failed(),
                change.settings(),
                operation.steps().stream()
                        .filter(step -> step.state() != StepView.State.PENDING)
                        .map(step -> new Step(step.title(), step.startedAt(), step.endedAt()))
                        .toList());
    }

    public String json() {
        return Json.write(this);
    }

    /** A line for each fact: its name, the value before or the only one, the value afterwards. */
    public String csv() {
        List<String> lines = new ArrayList<>();
        lines.add("what,value,then");
        line(lines, "operation", operation, "");
        line(lines, "correlationId", correlationId, "");
        line(lines, "server", server, "");
        line(lines, "requestedBy", requestedBy, "");
        line(lines, "why", why, "");
        line(lines, "requestedAt", requestedAt, "");
        line(lines, "time", startedAt, endedAt);
        line(lines, "size", sizeBefore, sizeAfter);
        settings.forEach(setting -> line(lines, setting.name(), setting.before(), setting.after()));
        line(lines, "restarted", restarted, "");
        line(lines, "longestWaitMillis", longestWaitMillis, "");
        line(lines, "transactions", transactions, "");
        line(lines, "transactionsFailed", transactionsFailed, "");
        steps.forEach(step -> line(lines, step.title(), step.startedAt(), step.endedAt()));
        return String.join("\r\n", lines) + "\r\n";
    }

    private static void line(List<String> lines, Object... values) {
        List<String> cells = new ArrayList<>();
        for (Object value : values) {
            String text = value == null ? "" : value.toString();
            // A spreadsheet takes what begins like this for a formula.
            String safe = text.matches("[=+@-].*") ? "'" + text : text;
            cells.add(safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe);
        }
        lines.add(String.join(",", cells));
    }
}

package io.howdah.audit;

import io.howdah.shared.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Records that were asked for as a file.
 *
 * @param end number behind the newest record in it
 */
public record AuditExport(AuditFilter filter, Format format, long end) {

    /** How a record becomes a line. */
    public enum Format {
        /** As spreadsheets read it: a header, then a line for each record, quoted as RFC 4180 says. */
        CSV("csv", "text/csv; charset=utf-8") {
            @Override
            String head() {
                return String.join(",", fields(new AuditRecord()).keySet()) + "\r\n";
            }

            @Override
            String line(AuditRecord record) {
                return fields(record).values().stream().map(Format::cell).collect(Collectors.joining(",")) + "\r\n";
            }
        },
        /** A JSON object for each record, with the hashes. */
        JSON_LINES("jsonl", "application/x-ndjson") {
            @Override
            String head() {
                return "";
            }

            @Override
            String line(AuditRecord record) {
                return Json.write(fields(record)) + "\n";
            }
        };

        private final String ending;
        private final String mediaType;

        Format(String ending, String mediaType) {
            this.ending = ending;
            this.mediaType = mediaType;
        }

        public String ending() {
            return ending;
        }

        public String mediaType() {
            return mediaType;
        }

        abstract String head();

        abstract String line(AuditRecord record);

        private static Map<String, Object> fields(AuditRecord record) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("number", record.number);
            fields.put("at", text(record.at));
            fields.put("actor", record.actor);
            fields.put("address", record.address);
            fields.put("action", record.action);
            fields.put("result", text(record.result));
            fields.put("target_type", record.targetType);
            fields.put("target_id", text(record.targetId));
            fields.put("target_name", record.targetName);
            fields.put("team_id", text(record.teamId));
            fields.put("correlation_id", record.correlationId);
            fields.put("details", record.details);
            fields.put("previous_hash", record.previousHash);
            fields.put("hash", record.hash);
            return fields;
        }

        private static String text(Object value) {
            return value == null ? null : value.toString();
        }

        /** What a spreadsheet would take for a formula is a text: names come from people, and from who tried to sign in. */
        private static String cell(Object value) {
            String text = value == null ? "" : value.toString();
            if (!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
                text = "'" + text;
            }
            return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
        }
    }
}

package io.howdah.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.audit.AuditExport.Format;
import io.howdah.shared.Json;
import org.junit.jupiter.api.Test;

class AuditExportTest {

    @Test
    void aSpreadsheetGetsNoFormulasAndNoBrokenLines() {
        AuditRecord record = new Chain(1).get(1);
        record.actor = "=cmd|' /C calc'!A0";
        record.targetName = "a \"b\", c";
        record.details = "{\"note\":\"first\\nsecond\"}";
        String line = Format.CSV.line(record);
        assertThat(line)
                .startsWith("1,2026-03-01T12:00:01Z,'=cmd|' /C calc'!A0,,servers/start,ACCEPTED,server,,")
                .contains(",\"a \"\"b\"\", c\",")
                .endsWith("\r\n");
        assertThat(Format.CSV.head().split(",")).hasSize(14).startsWith("number", "at", "actor");
    }

    @Test
    void aLineOfJsonHasEveryFieldAsItIs() {
        AuditRecord record = new Chain(1).get(1);
        record.actor = "=anna";
        String line = Format.JSON_LINES.line(record);
        assertThat(line).endsWith("}\n").doesNotContain("\n{");
        assertThat(Json.readMap(line))
                .containsEntry("number", "1")
                .containsEntry("actor", "=anna")
                .containsEntry("address", null)
                .containsEntry("hash", record.hash);
    }
}

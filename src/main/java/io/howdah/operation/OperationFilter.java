package io.howdah.operation;

import java.util.UUID;

/** What operations to show; a null or blank part does not filter. */
public record OperationFilter(String text, OperationStatus status, UUID subjectId, String kind) {

    public static final OperationFilter ALL = new OperationFilter(null, null, null, null);

    public static OperationFilter ofSubject(UUID subjectId) {
        return new OperationFilter(null, null, subjectId, null);
    }
}

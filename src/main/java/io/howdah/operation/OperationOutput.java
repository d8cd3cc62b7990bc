package io.howdah.operation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** What an operation has said. It may show what is in people's tables: only who might have begun it may read it. */
@Entity
@Table(name = "operation_output")
class OperationOutput {

    @Id
    @Column(name = "operation_id")
    UUID operationId;

    Instant at;
    String text;
}

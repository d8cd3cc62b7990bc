package io.howdah.server;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A change of a server's storage that has been carried out, in GiB.
 *
 * @param held how long clients of the pooled endpoint were held back; null when nobody noticed it
 * @param transactions that went through the pooled endpoint meanwhile, or null when that is not known
 * @param failed errors that it told its clients, or null
 * @param keptUntil until when the storage before is kept; null when it is not
 */
public record StorageChangeView(
        UUID operationId,
        Instant at,
        int gibBefore,
        int gibAfter,
        Duration held,
        Long transactions,
        Integer failed,
        Instant keptUntil) {}

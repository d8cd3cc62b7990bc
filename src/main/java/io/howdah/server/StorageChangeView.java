package io.howdah.server;

import java.time.Instant;
import java.util.UUID;

/** A growth of a server's storage that has been carried out, in GiB. */
public record StorageChangeView(UUID operationId, Instant at, int gibBefore, int gibAfter) {}

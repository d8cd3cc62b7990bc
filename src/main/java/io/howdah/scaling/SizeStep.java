package io.howdah.scaling;

import io.howdah.server.Size;
import java.time.Instant;

/** A size from an instant on. */
public record SizeStep(Instant at, Size size) {}

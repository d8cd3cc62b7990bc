package io.howdah.scaling;

import io.howdah.server.Size;
import java.time.Instant;
import java.util.List;

/**
 * Whether and how a server's size follows its load.
 *
 * @param policy a proposal as long as nobody has chosen one
 * @param choices the sizes that bounds may be chosen from, the smallest first
 * @param verdict what was decided last, in words, or null
 * @param verdictAt since when that is so
 */
public record AutoscaleView(
        boolean active, AutoscalePolicy policy, List<Size> choices, String verdict, Instant verdictAt) {}

package io.howdah.backup;

import io.howdah.shared.Problem;
import java.time.Instant;

/**
 * What a choice comes to, before anything starts.
 *
 * @param at the last instant whose changes will be there; null when refused
 * @param base the backup that is copied, or null
 * @param archives whether the server's newest changes are archived first
 * @param estimate how long it is likely to take, or null when nothing tells
 * @param refusal why it can't be restored and what can, else null
 */
public record RestorePreview(Instant at, BackupView base, boolean archives, Estimate estimate, Problem refusal) {}

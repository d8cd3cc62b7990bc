package io.howdah.audit;

import io.howdah.shared.Messages;

/**
 * What a look through the whole log has found.
 *
 * @param records how many records are sound
 * @param seals how many checkpoints they agree with
 * @param sealedTo number of the newest record that a checkpoint vouches for, or 0
 * @param finding the first thing that is wrong, or null
 */
public record Verdict(long records, long seals, long sealedTo, Finding finding) {

    public boolean whole() {
        return finding == null;
    }

    /** In a sentence. */
    public String words() {
        return whole() ? Messages.text("audit.whole", records, seals, sealedTo) : finding.words();
    }
}

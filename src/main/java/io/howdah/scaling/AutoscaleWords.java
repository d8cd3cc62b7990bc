package io.howdah.scaling;

import io.howdah.shared.Messages;
import java.util.Locale;

/** A decision on a size as a sentence. */
final class AutoscaleWords {

    private AutoscaleWords() {}

    static String of(AutoscaleDecision decision) {
        return Messages.text(
                "autoscale.reason." + decision.reason().name().toLowerCase(Locale.ROOT),
                decision.figures().toArray());
    }
}

package io.howdah.server;

import io.howdah.engine.StorageSwitch;
import io.howdah.shared.Messages;

/** What a change of storage came to, as text for people. */
final class StorageReceipt {

    private StorageReceipt() {}

    /** @param how what it meant for clients, or null when nobody noticed it */
    static String of(int beforeGib, int afterGib, StorageSwitch how) {
        StringBuilder text =
                new StringBuilder(Messages.text("server.grow.receipt", beforeGib, afterGib)).append("\n\n");
        if (how == null || !how.kept()) {
            return text.append(Messages.text("server.grow.receipt.online"))
                    .append('\n')
                    .toString();
        }
        text.append(Messages.text("server.scale.receipt.restarted", how.held().toMillis()))
                .append('\n');
        if (how.traffic() != null) {
            text.append(Messages.text(
                            "server.scale.receipt.traffic",
                            how.traffic().transactions(),
                            how.traffic().failed()))
                    .append('\n');
        }
        return text.append(Messages.text("server.shrink.receipt.kept"))
                .append('\n')
                .toString();
    }
}

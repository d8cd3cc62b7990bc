package io.howdah.backup;

import io.howdah.engine.BackupEngine;
import io.howdah.engine.Engine;
import io.howdah.engine.Looked;
import io.howdah.engine.ServerKey;
import io.howdah.server.Looks;
import io.howdah.server.ServerService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A copy that is looked at as it really is: what is written down of it, and what the place says. */
@Dependent
class LookViews {

    @Inject
    private Engine engine;

    @Inject
    private ServerService servers;

    LookView of(Look look, RecoveryState state) {
        boolean busy = look.state != Look.State.OPEN;
        Looked seen = busy
                ? null
                : engine.backups()
                        .map((BackupEngine backups) -> backups.looked(new ServerKey(look.id)))
                        .orElse(null);
        boolean open = seen != null && seen.open();
        Instant at = open && seen.at() != null ? seen.at() : look.at;
        return new LookView(
                look.id,
                look.operationId,
                at,
                busy ? look.wantedAt : at,
                busy ? LookView.Standing.BUSY : open ? LookView.Standing.OPEN : LookView.Standing.GONE,
                open ? seen.endpoints() : null,
                open ? seen.newest() : null,
                state.administratorLogin,
                look.openedBy,
                look.openUntil);
    }

    /** The server as a copy of it needs to know it; the addresses that may connect to the one may connect to the other. */
    Looks.Source source(RecoveryState state) {
        List<String> networks = Optional.of(state)
                .filter(known -> known.goneAt == null)
                .map(known -> servers.byName(known.name).allowedNetworks())
                .orElse(List.of());
        return new Looks.Source(state.subject(), state.majorVersion, state.sizeCode, state.storageGib, networks);
    }
}

package io.howdah.scaling;

import io.howdah.engine.Engine;
import io.howdah.engine.Progress;
import io.howdah.engine.ServerKey;
import io.howdah.monitoring.UsageSampled;
import io.howdah.operation.Operations;
import io.howdah.server.ServerSizing;
import io.howdah.server.Size;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Counts the CPU credits of servers of burstable sizes each minute, and holds those that have none left to their baseline.
 * That is said to the engine each minute anew: a start or a portal that died in between is made good by the next.
 */
@ApplicationScoped
class CreditWatch {

    private static final Logger LOG = Logger.getLogger(CreditWatch.class.getName());
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject
    private CreditLedger ledger;

    @Inject
    private ServerSizing sizing;

    @Inject
    private Operations operations;

    @Inject
    private Engine engine;

    void count(@Observes UsageSampled minute) {
        List<UsageSampled.Sampled> burstable =
                minute.servers().stream().filter(one -> size(one).burstable()).toList();
        if (burstable.isEmpty()) {
            return;
        }
        Map<UUID, CpuCredits> before =
                ledger.newest(burstable.stream().map(one -> one.server().id()).toList());
        List<CreditLedger.Entry> now = new ArrayList<>();
        for (UsageSampled.Sampled one : burstable) {
            Size size = size(one);
            UUID id = one.server().id();
            CpuCredits credits = before.getOrDefault(id, CpuCredits.first(size))
                    .after(MINUTE, one.sample().vCores(), size);
            now.add(new CreditLedger.Entry(id, one.sample().at(), credits));
        }
        // Kept before it is acted on: what the engine is told can be told again, credits that were spent can't.
        ledger.keep(now);
        // What changes a server sets its limits itself.
        Set<UUID> changing = operations.changingSubjects();
        for (int i = 0; i < now.size(); i++) {
            if (!changing.contains(now.get(i).serverId())) {
                hold(now.get(i), size(burstable.get(i)));
            }
        }
    }

    private Size size(UsageSampled.Sampled one) {
        return sizing.require(one.server().sizeCode());
    }

    private void hold(CreditLedger.Entry entry, Size size) {
        ServerKey key = new ServerKey(entry.serverId());
        try {
            if (engine.holdCpu(key, entry.credits().vCores(size)) instanceof Progress.Failed failed) {
                LOG.log(Level.WARNING, "server {0} could not be held to its CPU: {1}", new Object[] {
                    key, failed.problem().message()
                });
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "server " + key + " could not be held to its CPU", e);
        }
    }
}

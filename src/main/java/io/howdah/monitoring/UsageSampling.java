package io.howdah.monitoring;

import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Nodes;
import io.howdah.server.ServerFacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sees once a minute what the servers use that this node reaches, in one look at all of them. */
@ApplicationScoped
class UsageSampling {

    @Inject
    private Engine engine;

    @Inject
    private Fleet servers;

    @Inject
    private Nodes nodes;

    @Inject
    private UsageLog log;

    @Inject
    private Event<UsageSampled> sampled;

    @Inject
    private Clock clock;

    private final UsageMeter meter = new UsageMeter();
    private Instant lastMinute = Instant.MIN;

    /** @param shared whether the servers that lie on nobody's host are wanted too */
    synchronized void run(boolean shared) {
        Instant now = clock.instant();
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        if (!minute.isAfter(lastMinute)) {
            return;
        }
        lastMinute = minute;
        Map<UUID, ServerFacts> fleet = servers.of(nodes.home(), shared).stream()
                .collect(Collectors.toMap(ServerFacts::id, Function.identity()));
        List<ServerKey> keys = fleet.keySet().stream().map(ServerKey::new).toList();
        List<UsageSample> samples = meter.read(now, minute, engine.usage(keys));
        if (samples.isEmpty()) {
            return;
        }
        log.keep(samples);
        sampled.fire(new UsageSampled(samples.stream()
                .map(sample -> new UsageSampled.Sampled(fleet.get(sample.serverId()), sample))
                .toList()));
    }
}

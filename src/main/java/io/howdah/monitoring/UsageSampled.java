package io.howdah.monitoring;

import io.howdah.server.ServerFacts;
import java.util.List;

/**
 * A minute's samples of the servers this node looks after have been kept. Who acts on them does so in a transaction of
 * its own.
 */
public record UsageSampled(List<Sampled> servers) {

    public record Sampled(ServerFacts server, UsageSample sample) {}
}

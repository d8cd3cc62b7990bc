package io.howdah.cluster;

import io.howdah.engine.Engine;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import java.nio.file.Path;

/** Puts the shared engine in the place of the host's, in nodes that the cluster tests start. */
@ApplicationScoped
@Alternative
@Priority(1000)
public class ClusterParts {

    @Produces
    @Alternative
    @ApplicationScoped
    Engine engine() {
        return new DirectoryEngine(
                Path.of(System.getenv("HOWDAH_CLUSTER_DIRECTORY")),
                System.getenv("HOWDAH_NODE"),
                Integer.parseInt(System.getenv().getOrDefault("HOWDAH_CLUSTER_SLOWNESS", "0")));
    }
}

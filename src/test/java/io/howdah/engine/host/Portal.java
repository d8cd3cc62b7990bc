package io.howdah.engine.host;

import io.howdah.engine.Compute;
import io.howdah.engine.Progress;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.engine.SqlTask;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A JVM with an engine that makes one server and starts it, or stops it, or removes it, for tests that kill it. */
final class Portal {

    private Portal() {}

    static final Compute LARGER = new Compute(0.5, 512, 40);

    /** The unit of the scripts that it runs, and the name of its change of size. */
    static final UUID UNIT = UUID.fromString("00000000-0000-4000-8000-000000000001");

    static SqlTask task(String script) {
        return new SqlTask("postgres", "dbadmin", script, Duration.ofMinutes(1));
    }

    /** @param arguments home, ports, server id, major version, then any of make, stop, remove, resize, or a script to run */
    public static void main(String[] arguments) {
        HostSettings settings =
                HostSettings.fromEnvironment(Map.of("HOWDAH_HOME", arguments[0], "HOWDAH_SERVER_PORTS", arguments[1]));
        HostEngine engine = new HostEngine(settings, Executors.newCachedThreadPool(), Clock.systemUTC());
        ServerKey key = new ServerKey(UUID.fromString(arguments[2]));
        int major = Integer.parseInt(arguments[3]);
        System.out.println("begun");
        for (String act : List.of(arguments).subList(4, arguments.length)) {
            switch (act) {
                case "make" -> {
                    Specification specification =
                            new Specification("orders-db", major, new Compute(0.5, 256, 25), 1, List.of());
                    finish(() -> engine.provision(key, specification));
                    finish(() -> engine.start(key));
                }
                case "stop" -> finish(() -> engine.stop(key));
                case "remove" -> finish(() -> engine.remove(key));
                case "resize" -> finish(() -> engine.resize(key, UNIT, LARGER));
                default -> finish(() -> engine.runSql(key, UNIT, Portal.task(act)));
            }
        }
        System.out.println("ended");
    }

    private static void finish(Supplier<Progress> call) {
        Progress progress = call.get();
        while (progress instanceof Progress.Running) {
            progress = call.get();
        }
        if (progress instanceof Progress.Failed failed) {
            throw new IllegalStateException(failed.toString());
        }
    }

    static Process begin(Path home, String ports, ServerKey key, int major, String... acts) throws java.io.IOException {
        java.util.ArrayList<String> words = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Portal.class.getName(),
                home.toString(),
                ports,
                key.toString(),
                Integer.toString(major)));
        words.addAll(List.of(acts));
        return new ProcessBuilder(words).redirectErrorStream(true).start();
    }
}

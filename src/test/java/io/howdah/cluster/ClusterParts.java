package io.howdah.cluster;

import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.engine.host.HostEngine;
import io.howdah.engine.host.HostSettings;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts the shared engine in the place of the host's, in nodes that the cluster tests start; servers whose names begin
 * with {@code host-} are real ones, on the host that all nodes share here.
 */
@ApplicationScoped
@Alternative
@Priority(1000)
public class ClusterParts {

    static final String REAL = "host-";

    @Resource
    private ManagedExecutorService executor;

    @Produces
    @Alternative
    @ApplicationScoped
    Engine engine() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("HOWDAH_HOME", environment.get("HOWDAH_CLUSTER_HOME"));
        Engine real = new HostEngine(HostSettings.fromEnvironment(environment), executor, Clock.systemUTC());
        DirectoryEngine shared = new DirectoryEngine(
                Path.of(environment.get("HOWDAH_CLUSTER_DIRECTORY")),
                environment.get("HOWDAH_NODE"),
                Integer.parseInt(environment.getOrDefault("HOWDAH_CLUSTER_SLOWNESS", "0")));
        return (Engine) Proxy.newProxyInstance(
                Engine.class.getClassLoader(),
                new Class<?>[] {Engine.class},
                (proxy, method, arguments) -> call(method, arguments, isReal(arguments, shared, real) ? real : shared));
    }

    private static boolean isReal(Object[] arguments, DirectoryEngine shared, Engine real) {
        if (arguments == null || !(arguments[0] instanceof ServerKey key)) {
            return false;
        }
        if (arguments.length > 1 && arguments[1] instanceof Specification wanted) {
            return wanted.name().startsWith(REAL);
        }
        return !shared.knows(key) && real.servers().contains(key);
    }

    private static Object call(Method method, Object[] arguments, Engine engine) throws Throwable {
        try {
            return method.invoke(engine, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

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
import java.util.Map;
import java.util.function.Supplier;

/**
 * Puts the shared engine in the place of the host's, in nodes that the cluster tests start; servers whose names begin
 * with {@code host-} are real ones, on the host of the node that was asked for them. Each node has a home of its own, as
 * if it were alone on its machine.
 */
@ApplicationScoped
@Alternative
@Priority(1000)
public class ClusterParts {

    static final String REAL = "host-";

    private static final ThreadLocal<Boolean> WANTS_REAL = ThreadLocal.withInitial(() -> false);

    @Resource
    private ManagedExecutorService executor;

    /** What is created meanwhile lies on this node's host, and stays with this node. */
    static <T> T onThisHost(String name, Supplier<T> creation) {
        WANTS_REAL.set(name.startsWith(REAL));
        try {
            return creation.get();
        } finally {
            WANTS_REAL.remove();
        }
    }

    @Produces
    @Alternative
    @ApplicationScoped
    Engine engine() {
        Map<String, String> environment = System.getenv();
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
            return WANTS_REAL.get();
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

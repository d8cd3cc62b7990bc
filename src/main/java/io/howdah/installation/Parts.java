package io.howdah.installation;

import io.howdah.engine.Engine;
import io.howdah.engine.host.HostEngine;
import io.howdah.engine.host.HostSettings;
import io.howdah.notification.DeliverySettings;
import io.howdah.scaling.ComputePrices;
import io.howdah.shared.Encryption;
import io.howdah.shared.Settings;
import io.howdah.shared.Trust;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import javax.net.ssl.SSLContext;

/** The parts an installation is put together from: its settings, its clock, and the one engine that configuration names. */
@ApplicationScoped
public class Parts {

    private final Settings settings = Settings.fromEnvironment(System.getenv());
    private final DeliverySettings deliverySettings = DeliverySettings.fromEnvironment(System.getenv());
    private final ComputePrices computePrices = ComputePrices.fromEnvironment(System.getenv());
    private final Encryption encryption =
            Encryption.withKeyIn(settings.secrets().resolve("master.key"));

    @Resource
    private ManagedExecutorService executor;

    @Produces
    Settings settings() {
        return settings;
    }

    @Produces
    DeliverySettings deliverySettings() {
        return deliverySettings;
    }

    @Produces
    ComputePrices computePrices() {
        return computePrices;
    }

    @Produces
    Encryption encryption() {
        return encryption;
    }

    /** Whom to believe in TLS. */
    @Produces
    SSLContext trust() {
        return Trust.context(deliverySettings.authorities());
    }

    @Produces
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @ApplicationScoped
    Engine engine() {
        HostEngine engine = new HostEngine(HostSettings.fromEnvironment(System.getenv()), executor, Clock.systemUTC());
        engine.makeReady();
        return engine;
    }
}

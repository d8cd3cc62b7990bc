package io.howdah.notification;

import io.howdah.shared.Trust;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;

/** Posts what other features have to say, signed and under the rules of webhooks. */
@ApplicationScoped
public class SignedPosts {

    @Inject
    private DeliverySettings settings;

    @Inject
    private Clock clock;

    @Resource
    private ManagedScheduledExecutorService executor;

    private WebhookPoster poster;

    /** @throws io.howdah.shared.ProblemException WebhookAddressInvalid, WebhookAddressRefused */
    public URI checked(String address) {
        return WebhookAddress.check(address, AddressPolicy.of(settings.webhookPrivate()));
    }

    /**
     * @param id the same when it is sent again
     * @return what went wrong, in words; empty when it arrived
     */
    public Optional<String> post(UUID id, String kind, URI address, String secret, String body) {
        return Optional.ofNullable(
                poster().send(new Post(id, kind, address, secret, body)).error());
    }

    /** Whom to believe in TLS. */
    public SSLContext trust() {
        return Trust.context(settings.authorities());
    }

    private synchronized WebhookPoster poster() {
        if (poster == null) {
            poster = new WebhookPoster(
                    AddressPolicy.of(settings.webhookPrivate()),
                    trust(),
                    InetAddress::getAllByName,
                    executor,
                    clock,
                    WebhookPoster.TIMEOUT);
        }
        return poster;
    }

    @PreDestroy
    synchronized void end() {
        if (poster != null) {
            poster.close();
        }
    }
}

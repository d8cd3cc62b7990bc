package io.howdah.notification;

import io.howdah.shared.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts messages to webhooks. Names are resolved once, by {@link Resolver}, and the connection goes to the very address
 * that was checked: a name that changes its mind between check and connection gains nothing. Redirects are not followed,
 * nothing is kept between two messages, and no answer is waited for longer than ten seconds in all.
 */
final class WebhookPoster implements AutoCloseable {

    static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final String SIGNATURE = "X-Howdah-Signature";
    static final String DELIVERY = "X-Howdah-Delivery";
    static final String EVENT = "X-Howdah-Event";
    private static final int ANSWER_BYTES = 1024;
    private static final int GONE = 410;

    /** Finds the addresses of a name; tests bring their own. */
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** A webhook that is where it may not be. */
    private static final class Refused extends UnknownHostException {

        Refused(String host) {
            super(host);
        }
    }

    private final CloseableHttpClient encrypted;
    private final CloseableHttpClient plain;
    private final ScheduledExecutorService executor;
    private final Clock clock;
    private final Duration timeout;

    WebhookPoster(
            AddressPolicy policy,
            SSLContext trust,
            Resolver resolver,
            ScheduledExecutorService executor,
            Clock clock,
            Duration timeout) {
        this.executor = executor;
        this.clock = clock;
        this.timeout = timeout;
        encrypted = client(trust, resolver, policy::allows);
        plain = client(trust, resolver, policy::allowsPrivately);
    }

    private CloseableHttpClient client(SSLContext trust, Resolver resolver, Predicate<InetAddress> allowed) {
        Timeout limit = Timeout.of(timeout);
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(checked(resolver, allowed))
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(limit)
                                .setSocketTimeout(limit)
                                .build())
                        .setMaxConnTotal(64)
                        .setMaxConnPerRoute(16)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(limit)
                        .setConnectionRequestTimeout(limit)
                        .setRedirectsEnabled(false)
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setUserAgent("Howdah-Webhook/1")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableConnectionState()
                .build();
    }

    private static DnsResolver checked(Resolver resolver, Predicate<InetAddress> allowed) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                InetAddress[] found = resolver.addresses(host);
                for (InetAddress address : found) {
                    if (!allowed.test(address)) {
                        throw new Refused(host);
                    }
                }
                return found;
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    Attempt send(Post post) {
        boolean https = "https".equals(post.address().getScheme());
        HttpPost request = new HttpPost(post.address());
        request.setHeader(DELIVERY, post.deliveryId().toString());
        request.setHeader(EVENT, post.kind());
        request.setHeader(SIGNATURE, Signature.header(post.secret(), post.body(), clock.instant()));
        request.setEntity(new StringEntity(post.body(), ContentType.APPLICATION_JSON));
        // Each wait has its limit; somebody who answers byte by byte is kept to it too.
        AtomicBoolean overdue = new AtomicBoolean();
        Future<?> deadline = executor.schedule(
                () -> {
                    overdue.set(true);
                    request.cancel();
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return answer((https ? encrypted : plain).executeOpen(null, request, null));
        } catch (IOException e) {
            return Attempt.failed(
                    overdue.get() ? Messages.text("notification.error.late", timeout.toSeconds()) : words(e, post));
        } finally {
            deadline.cancel(false);
            // What comes after the answer's beginning is not read, however much it is.
            request.cancel();
        }
    }

    private static Attempt answer(ClassicHttpResponse response) throws IOException {
        int status = response.getCode();
        String answer = beginning(response.getEntity());
        if (status >= 200 && status < 300) {
            return Attempt.arrived(status, answer);
        }
        String error = status >= 300 && status < 400
                ? Messages.text("notification.error.redirect", status)
                : Messages.text("notification.error.status", status);
        return new Attempt(status, answer, error, status == GONE);
    }

    private String words(IOException failure, Post post) {
        String host = post.address().getHost();
        return switch (failure) {
            case Refused refused ->
                Messages.text(
                        "https".equals(post.address().getScheme())
                                ? "notification.error.notAllowed"
                                : "notification.error.notAllowedPlain",
                        host);
            case UnknownHostException unknown -> Messages.text("notification.error.unknownHost", host);
            case SocketTimeoutException late -> Messages.text("notification.error.late", timeout.toSeconds());
            case ConnectException closed -> Messages.text("notification.error.notConnected", host);
            case NoRouteToHostException nowhere -> Messages.text("notification.error.notConnected", host);
            case SSLException tls -> Messages.text("notification.error.tls", host, tls.getMessage());
            default -> Messages.text("notification.error.broken", host);
        };
    }

    /** The first bytes, as text that a page can show. */
    private static String beginning(HttpEntity entity) throws IOException {
        if (entity == null) {
            return null;
        }
        InputStream content = entity.getContent();
        byte[] bytes = content == null ? new byte[0] : content.readNBytes(ANSWER_BYTES);
        String text = new String(bytes, StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}&&[^\n\t]]", " ")
                .strip();
        return text.isEmpty() ? null : text;
    }

    @Override
    public void close() {
        encrypted.close(CloseMode.IMMEDIATE);
        plain.close(CloseMode.IMMEDIATE);
    }
}

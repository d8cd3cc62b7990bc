package io.howdah.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.howdah.notification.WebhookPoster.Resolver;
import io.howdah.shared.Trust;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages posted to real HTTP servers of this machine, under names that the tests resolve. */
class WebhookPosterIT {

    private static final Instant NOW = Instant.ofEpochSecond(1_764_000_000);
    private static final String HOST = "hooks.example.test";
    private static final String BODY = "{\"id\":1}";
    private static final String SECRET = "geheim";

    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Headers> headers = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @TempDir
    private Path directory;

    /** How the server answers once it has read the message. */
    private interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        executor.shutdownNow();
    }

    @Test
    void aMessageArrivesSignedOverTimeAndBody() {
        answer(server, exchange -> text(exchange, 200, "thanks"));

        Post post = post("http");
        Attempt attempt = poster(to("127.0.0.1"), "127.0.0.1/32", null).send(post);

        assertThat(attempt).isEqualTo(new Attempt(200, "thanks", null, false));
        assertThat(bodies).containsExactly(BODY);
        Headers got = headers.getFirst();
        assertThat(got.getFirst("Content-Type")).startsWith("application/json");
        assertThat(got.getFirst("X-Howdah-Delivery"))
                .isEqualTo(post.deliveryId().toString());
        assertThat(got.getFirst("X-Howdah-Event")).isEqualTo("operation.failed");
        assertThat(got.getFirst("User-Agent")).isEqualTo("Howdah-Webhook/1");
        assertThat(got.getFirst("Host"))
                .isEqualTo(HOST + ":" + server.getAddress().getPort());
        assertThat(got.getFirst("X-Howdah-Signature")).isEqualTo(Signature.header(SECRET, BODY, NOW));
    }

    @Test
    void overTlsTheCertificateMustBeOfTheNameAndTrusted() throws Exception {
        Certificates certificates = new Certificates(directory);
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(certificates.server()));
        secure.start();
        try {
            answer(secure, exchange -> text(exchange, 204, ""));
            Post right = post("https", HOST, secure.getAddress().getPort(), "/hook");
            Post other = post("https", "other.example.test", secure.getAddress().getPort(), "/hook");
            assertThat(poster(to("127.0.0.1"), "127.0.0.1/32", certificates.certificate())
                            .send(right))
                    .isEqualTo(Attempt.arrived(204, null));
            assertThat(poster(to("127.0.0.1"), "127.0.0.1/32", null).send(right).error())
                    .startsWith("No trusted encryption with " + HOST);
            assertThat(poster(to("127.0.0.1"), "127.0.0.1/32", certificates.certificate())
                            .send(other)
                            .error())
                    .startsWith("No trusted encryption with other.example.test");
            assertThat(bodies).hasSize(1);
        } finally {
            secure.stop(0);
        }
    }

    @Test
    void whereItMayNotBeNothingIsSent() {
        answer(server, exchange -> text(exchange, 200, ""));
        assertThat(poster(to("127.0.0.1"), "", null).send(post("https")).error())
                .isEqualTo(HOST + " is not at an address of the public internet, or not only.");
        assertThat(poster(to("127.0.0.1"), "127.0.0.2/32", null)
                        .send(post("http"))
                        .error())
                .startsWith("Plain http to " + HOST + " is not allowed");
        assertThat(poster(to("8.8.8.8"), "yes", null).send(post("http")).error())
                .startsWith("Plain http to " + HOST + " is not allowed");
        assertThat(bodies).isEmpty();
    }

    @Test
    void oneForbiddenAddressAmongSeveralIsEnough() {
        answer(server, exchange -> text(exchange, 200, ""));
        Resolver both =
                host -> new InetAddress[] {InetAddress.getByName("127.0.0.1"), InetAddress.getByName("10.0.0.1")};
        assertThat(poster(both, "127.0.0.1/32", null).send(post("http")).succeeded())
                .isFalse();
        assertThat(bodies).isEmpty();
    }

    /** The name means something else each time it is looked up; what was checked is what is connected to. */
    @Test
    void aNameThatChangesItsMindGainsNothing() {
        answer(server, exchange -> text(exchange, 200, ""));
        AtomicInteger lookups = new AtomicInteger();
        Resolver rebinding = host -> {
            asked.add(host);
            return new InetAddress[] {InetAddress.getByName(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.3")
            };
        };
        assertThat(poster(rebinding, "127.0.0.1/32", null).send(post("http")).status())
                .isEqualTo(200);
        assertThat(asked).as("looked up once").containsExactly(HOST);
        assertThat(poster(rebinding, "127.0.0.1/32", null).send(post("http")).succeeded())
                .isFalse();
        assertThat(bodies).hasSize(1);
    }

    @Test
    void redirectsAreNotFollowed() {
        answer(server, exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            text(exchange, 307, "");
        });
        Attempt attempt = poster(to("127.0.0.1"), "127.0.0.1/32", null).send(post("http"));
        assertThat(attempt.status()).isEqualTo(307);
        assertThat(attempt.error()).contains("redirect");
        assertThat(bodies).hasSize(1);
    }

    @Test
    void anErrorIsWorthAnotherTryUnlessItIsGone() {
        answer(server, exchange -> text(exchange, bodies.size() == 1 ? 500 : 410, "broken"));
        Attempt broken = poster(to("127.0.0.1"), "127.0.0.1/32", null).send(post("http"));
        assertThat(broken).isEqualTo(new Attempt(500, "broken", "The answer was 500.", false));
        assertThat(poster(to("127.0.0.1"), "127.0.0.1/32", null)
                        .send(post("http"))
                        .hopeless())
                .isTrue();
    }

    @Test
    void nobodyIsWaitedForLongerThanAllowedHoweverTheyTakeTheirTime() {
        answer(server, exchange -> end.await());
        assertThat(hasty().send(post("http")).error()).isEqualTo("There was no answer within 1 s.");
        server.removeContext("/");
        // A byte now and then keeps every single wait short.
        answer(server, exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            OutputStream out = exchange.getResponseBody();
            for (int i = 0; i < 1000 && !end.await(100, java.util.concurrent.TimeUnit.MILLISECONDS); i++) {
                out.write('.');
                out.flush();
            }
        });
        long begun = System.nanoTime();
        assertThat(hasty().send(post("http")).error()).isEqualTo("There was no answer within 1 s.");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void ofAnAnswerOnlyTheBeginningIsRead() {
        answer(server, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = "x".repeat(65_536).getBytes(StandardCharsets.US_ASCII);
            try (OutputStream out = exchange.getResponseBody()) {
                while (end.getCount() > 0) {
                    out.write(much);
                }
            } catch (IOException gone) {
                asked.add("hung up");
            }
        });
        Attempt attempt = poster(to("127.0.0.1"), "127.0.0.1/32", null).send(post("http"));
        assertThat(attempt.succeeded()).isTrue();
        assertThat(attempt.answer()).hasSize(1024);
        org.awaitility.Awaitility.await().until(() -> asked.contains("hung up"));
    }

    @Test
    void whatIsNotThereIsSaidInWords() {
        int port = server.getAddress().getPort();
        server.stop(0);
        assertThat(poster(to("127.0.0.1"), "127.0.0.1/32", null)
                        .send(post("http", HOST, port, "/hook"))
                        .error())
                .isEqualTo("Nothing answers at " + HOST + ".");
        Resolver nobody = host -> {
            throw new java.net.UnknownHostException(host);
        };
        assertThat(poster(nobody, "", null).send(post("https")).error())
                .isEqualTo("Nobody knows the name " + HOST + ".");
    }

    private static Resolver to(String address) {
        return host -> new InetAddress[] {InetAddress.getByName(address)};
    }

    private WebhookPoster poster(Resolver resolver, String allowed, Path authorities) {
        return poster(resolver, allowed, authorities, WebhookPoster.TIMEOUT);
    }

    private WebhookPoster hasty() {
        return poster(to("127.0.0.1"), "127.0.0.1/32", null, Duration.ofSeconds(1));
    }

    private WebhookPoster poster(Resolver resolver, String allowed, Path authorities, Duration timeout) {
        return new WebhookPoster(
                AddressPolicy.of(allowed),
                Trust.context(authorities),
                resolver,
                executor,
                Clock.fixed(NOW, ZoneOffset.UTC),
                timeout);
    }

    private Post post(String scheme) {
        return post(scheme, HOST, server.getAddress().getPort(), "/hook?a=b");
    }

    private static Post post(String scheme, String host, int port, String path) {
        return new Post(
                UUID.randomUUID(),
                "operation.failed",
                URI.create(scheme + "://" + host + ":" + port + path),
                SECRET,
                BODY);
    }

    private void answer(HttpServer at, Answer answer) {
        at.createContext("/", exchange -> {
            headers.add(exchange.getRequestHeaders());
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            try (exchange) {
                answer.to(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void text(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}

package io.howdah.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.howdah.notification.Certificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records sent to a server of this machine that speaks syslog over TLS. */
class SyslogIT {

    @TempDir
    private Path directory;

    private Certificates certificates;
    private SSLServerSocket server;

    @BeforeEach
    void listen() throws Exception {
        certificates = new Certificates(directory);
        server = (SSLServerSocket) certificates
                .server()
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void eachRecordArrivesInAFrameOfItsOwn() throws Exception {
        Chain chain = new Chain(3);
        chain.get(2).result = AuditResult.DENIED;
        chain.get(3).actor = "\u00e4nne";
        CompletableFuture<List<String>> got = CompletableFuture.supplyAsync(this::receive);
        syslog(trust()).send(chain.records);
        assertThat(got.get())
                .hasSize(3)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("<110>1 2026-03-01T12:00:01Z node-1 howdah - audit - {\"number\":1,")
                                .endsWith("}"),
                        second -> assertThat(second).startsWith("<108>1 ").contains("\"result\":\"DENIED\""),
                        third -> assertThat(third).contains("\"actor\":\"\u00e4nne\""));
    }

    @Test
    void aServerThatGoesBeforeItHasReadAllHasNotGotThem() {
        CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                socket.startHandshake();
                socket.getInputStream().read();
                socket.setSoLinger(true, 0);
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Chain chain = new Chain(20_000);
        assertThatThrownBy(() -> syslog(trust()).send(chain.records)).isInstanceOf(IOException.class);
        ended.join();
    }

    @Test
    void whoeverIsNotBelievedGetsNothing() {
        CompletableFuture<List<String>> got = CompletableFuture.supplyAsync(this::receive);
        assertThatThrownBy(() -> syslog(SSLContext.getDefault()).send(new Chain(1).records))
                .isInstanceOf(IOException.class);
        assertThat(got.handle((lines, failure) -> lines == null ? List.of() : lines)
                        .join())
                .isEmpty();
    }

    private Syslog syslog(SSLContext trust) {
        return new Syslog(trust, "localhost", server.getLocalPort(), "node 1");
    }

    private SSLContext trust() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream file = Files.newInputStream(certificates.certificate())) {
            store.setCertificateEntry(
                    "test", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private List<String> receive() {
        List<String> messages = new ArrayList<>();
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            InputStream in = socket.getInputStream();
            int next = in.read();
            while (next >= 0) {
                StringBuilder length = new StringBuilder();
                while (next != ' ') {
                    length.append((char) next);
                    next = in.read();
                }
                byte[] message = in.readNBytes(Integer.parseInt(length.toString()));
                messages.add(new String(message, StandardCharsets.UTF_8));
                next = in.read();
            }
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.howdah.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A pooled endpoint on the loopback address, as a client comes to it: over TLS that the installation's authority vouches for. */
final class Endpoint {

    private static final byte[] SSL_REQUEST = HexFormat.of().parseHex("0000000804d2162f");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LOOK_MILLIS = 2;

    private final SSLContext tls;

    Endpoint(Path authority) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null);
        try (InputStream pem = Files.newInputStream(authority)) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
    }

    /** Returns when a TLS connection to the port has been established. */
    void await(int port) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(port)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("nobody answers at port " + port);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 2_000);
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(SSL_REQUEST);
            if (socket.getInputStream().read() != 'S') {
                return false;
            }
            try (SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, "127.0.0.1", port, true)) {
                secured.startHandshake();
                return true;
            }
        } catch (IOException e) {
            return false;
        }
    }
}

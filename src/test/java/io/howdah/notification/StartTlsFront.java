package io.howdah.notification;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Stands before a mail server without STARTTLS and offers it: what comes after the handshake goes through. */
final class StartTlsFront implements AutoCloseable {

    private final ServerSocket front = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final int behind;
    private final SSLContext tls;

    StartTlsFront(int behind, SSLContext tls) throws IOException {
        this.behind = behind;
        this.tls = tls;
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return front.getLocalPort();
    }

    private void serve() {
        while (!front.isClosed()) {
            try {
                Socket client = front.accept();
                Thread.ofVirtual().start(() -> talk(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            line(server.getInputStream());
            say(client.getOutputStream(), "220 front");
            line(client.getInputStream());
            say(client.getOutputStream(), "250-front\r\n250 STARTTLS");
            if (!line(client.getInputStream()).equalsIgnoreCase("STARTTLS")) {
                return;
            }
            say(client.getOutputStream(), "220 go ahead");
            try (SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(client, null, true)) {
                secure.setUseClientMode(false);
                secure.startHandshake();
                Thread back = Thread.ofVirtual().start(() -> pump(server, secure));
                secure.getInputStream().transferTo(server.getOutputStream());
                back.interrupt();
            }
        } catch (IOException ended) {
            // The client has gone: by itself, or because it does not trust the certificate.
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // One of the two has gone.
        }
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        front.close();
    }
}

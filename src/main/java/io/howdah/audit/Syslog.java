package io.howdah.audit;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Sends records to a syslog server: RFC 5424, framed by their lengths and over TLS as RFC 5425 has it. The protocol knows no
 * receipt; that the server closes in answer to our close says that it has read up to there.
 */
final class Syslog {

    static final int USUAL_PORT = 6514;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Facility 13 is the log audit; severity 4 a warning, 6 information. */
    private static final int FACILITY = 13;

    private static final int WARNING = 4;
    private static final int INFORMATION = 6;

    private final SSLContext trust;
    private final String host;
    private final int port;
    private final String node;

    /** @param node the name of this portal node */
    Syslog(SSLContext trust, String host, int port, String node) {
        this.trust = trust;
        this.host = host;
        this.port = port;
        this.node = node.replaceAll("[^!-~]", "-");
    }

    /** @throws IOException when it is not certain that all of them arrived */
    void send(List<AuditRecord> records) throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), (int) TIMEOUT.toMillis());
            plain.setSoTimeout((int) TIMEOUT.toMillis());
            try (SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(plain, host, port, true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                OutputStream out = new BufferedOutputStream(socket.getOutputStream());
                for (AuditRecord record : records) {
                    out.write(frame(record));
                }
                out.flush();
                socket.shutdownOutput();
                if (socket.getInputStream().read() >= 0) {
                    throw new IOException("a syslog server does not answer");
                }
            }
        }
    }

    byte[] frame(AuditRecord record) {
        byte[] message = message(record).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes((message.length + " ").getBytes(StandardCharsets.US_ASCII));
        frame.writeBytes(message);
        return frame.toByteArray();
    }

    /** The message itself is the record as a line of JSON. */
    private String message(AuditRecord record) {
        boolean bad = record.result == AuditResult.DENIED || record.result == AuditResult.FAILED;
        int priority = FACILITY * 8 + (bad ? WARNING : INFORMATION);
        return "<" + priority + ">1 " + record.at + " " + node + " howdah - audit - "
                + AuditExport.Format.JSON_LINES.line(record).strip();
    }
}

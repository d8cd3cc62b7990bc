package io.howdah.engine.host;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PgBouncer's own console, over its Unix socket, where it knows the control plane by its OS user. It speaks PostgreSQL's
 * protocol, simple queries only; the JDBC driver begins with a SET that it refuses.
 */
final class PoolerConsole implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int PROTOCOL = 196_608;
    private static final int HEAD = 5;
    private static final int LONGEST = 1 << 20;
    private static final char READY = 'Z';
    private static final char ERROR = 'E';
    private static final char AUTHENTICATION = 'R';
    private static final char COLUMNS = 'T';
    private static final char ROW = 'D';
    private static final int COLUMN_BYTES = 18;
    private static final byte MESSAGE = 'M';

    private final SocketChannel channel;
    private final Selector selector;

    PoolerConsole(ServerFile file) throws IOException {
        Path socket = Path.of(file.sockets(), ".s.PGSQL." + file.pooledPort());
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            byte[] who = ("user\0" + System.getProperty("user.name") + "\0database\0pgbouncer\0\0")
                    .getBytes(StandardCharsets.UTF_8);
            write(ByteBuffer.allocate(8 + who.length)
                    .putInt(8 + who.length)
                    .putInt(PROTOCOL)
                    .put(who));
            awaitReady(SOON, new ArrayList<>());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** @throws IOException also when it is refused, with what the console says */
    void say(String command) throws IOException {
        say(command, SOON);
    }

    /**
     * Returns when it has been done; PAUSE waits for all open transactions.
     *
     * @throws SocketTimeoutException when that takes longer; the console goes on with it
     */
    void say(String command, Duration patience) throws IOException {
        send(command);
        awaitReady(patience, new ArrayList<>());
    }

    /** The rows that a SHOW command answers with, by the columns' names. */
    List<Map<String, String>> ask(String command) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        send(command);
        awaitReady(SOON, rows);
        return rows;
    }

    private void send(String command) throws IOException {
        byte[] text = (command + "\0").getBytes(StandardCharsets.UTF_8);
        write(ByteBuffer.allocate(HEAD + text.length)
                .put((byte) 'Q')
                .putInt(HEAD - 1 + text.length)
                .put(text));
    }

    private void write(ByteBuffer message) throws IOException {
        message.flip();
        while (message.hasRemaining()) {
            channel.write(message);
        }
    }

    /** @param rows receives those that come before */
    private void awaitReady(Duration patience, List<Map<String, String>> rows) throws IOException {
        List<String> columns = new ArrayList<>();
        long until = System.nanoTime() + patience.toNanos();
        String refusal = null;
        while (true) {
            ByteBuffer head = read(HEAD, until);
            char type = (char) head.get();
            int length = head.getInt() - 4;
            if (length < 0 || length > LONGEST) {
                throw new IOException("not PostgreSQL's protocol");
            }
            ByteBuffer body = read(length, until);
            if (type == ERROR) {
                refusal = message(body);
            } else if (type == AUTHENTICATION && body.getInt() != 0) {
                throw new IOException("the console wants a password");
            } else if (type == COLUMNS) {
                columns(body, columns);
            } else if (type == ROW) {
                rows.add(row(body, columns));
            }
            // An error before the first readiness ends the connection instead.
            if (type == READY) {
                if (refusal != null) {
                    throw new IOException(refusal);
                }
                return;
            }
        }
    }

    /** Of each column a name and 18 bytes about it. */
    private static void columns(ByteBuffer body, List<String> names) {
        for (int left = body.getShort(); left > 0; left--) {
            names.add(text(body));
            body.position(body.position() + COLUMN_BYTES);
        }
    }

    private static Map<String, String> row(ByteBuffer body, List<String> columns) {
        Map<String, String> row = new HashMap<>();
        int count = body.getShort();
        for (int i = 0; i < count; i++) {
            int length = body.getInt();
            if (length >= 0) {
                byte[] value = new byte[length];
                body.get(value);
                row.put(columns.get(i), new String(value, StandardCharsets.UTF_8));
            }
        }
        return row;
    }

    private static String text(ByteBuffer body) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte next = body.get(); next != 0; next = body.get()) {
            text.write(next);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private ByteBuffer read(int bytes, long until) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            long millis = (until - System.nanoTime()) / 1_000_000;
            selector.selectedKeys().clear();
            if (millis <= 0 || selector.select(millis) == 0) {
                throw new SocketTimeoutException("the console is still at it");
            }
            if (channel.read(buffer) < 0) {
                throw new EOFException("the console has hung up");
            }
        }
        return buffer.flip();
    }

    /** Of the fields of an error, each a letter and a text, the one for people. */
    private static String message(ByteBuffer fields) {
        while (fields.remaining() > 1) {
            byte field = fields.get();
            String text = text(fields);
            if (field == MESSAGE) {
                return text;
            }
        }
        return "refused";
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}

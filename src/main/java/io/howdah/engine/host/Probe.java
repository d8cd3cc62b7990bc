package io.howdah.engine.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Asks a server whether it would speak TLS, the cheapest question of PostgreSQL's protocol. An answer, yes or no, shows
 * that somebody is at home, which an accepted connection alone does not.
 */
final class Probe {

    private static final byte[] SSL_REQUEST = HexFormat.of().parseHex("0000000804d2162f");

    private Probe() {}

    static boolean answers(Path unixSocket, Duration patience) {
        return ask(UnixDomainSocketAddress.of(unixSocket), patience) == 'N';
    }

    static boolean offersTls(String host, int port, Duration patience) {
        return ask(new InetSocketAddress(host, port), patience) == 'S';
    }

    /** @return the answer, or 0 */
    private static int ask(SocketAddress address, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        try (SocketChannel channel = address instanceof UnixDomainSocketAddress
                        ? SocketChannel.open(java.net.StandardProtocolFamily.UNIX)
                        : SocketChannel.open();
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            boolean connected = channel.connect(address);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            while (!connected) {
                if (!ready(selector, until)) {
                    return 0;
                }
                connected = channel.finishConnect();
            }
            channel.write(ByteBuffer.wrap(SSL_REQUEST));
            key.interestOps(SelectionKey.OP_READ);
            if (!ready(selector, until)) {
                return 0;
            }
            ByteBuffer answer = ByteBuffer.allocate(1);
            return channel.read(answer) == 1 ? answer.get(0) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static boolean ready(Selector selector, long until) throws IOException {
        selector.selectedKeys().clear();
        long millis = (until - System.nanoTime()) / 1_000_000;
        return millis > 0 && selector.select(millis) > 0;
    }
}

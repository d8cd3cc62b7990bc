package io.howdah.engine.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** The host's own addresses, loopback first. Addresses bound to a link's scope are of no use to clients and left out. */
final class HostAddresses {

    private HostAddresses() {}

    static Set<String> all() {
        Set<String> loopback = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        loopback.add("127.0.0.1");
        try {
            for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (!card.isUp()) {
                    continue;
                }
                for (InetAddress address : Collections.list(card.getInetAddresses())) {
                    if (!address.isLinkLocalAddress() && !address.isMulticastAddress()) {
                        (address.isLoopbackAddress() ? loopback : others).add(text(address));
                    }
                }
            }
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        loopback.addAll(others);
        return loopback;
    }

    static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }

    static boolean isWildcard(String address) {
        return address.equals("*") || address.equals("0.0.0.0") || address.equals("::");
    }

    static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("::1") || address.equals("localhost");
    }

    /** Whether the text is an address rather than a name. */
    static boolean isAddress(String text) {
        return text.contains(":") || text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }

    /** The way PostgreSQL, PgBouncer and OpenSSL write it: no scope, {@code ::} for a run of zeros. */
    static String text(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        if (scope >= 0) {
            text = text.substring(0, scope);
        }
        if (!text.contains(":")) {
            return text;
        }
        String zeros = "0:0:0:0:0:0:0";
        for (int groups = 7; groups >= 2; groups--) {
            String run = zeros.substring(0, groups * 2 - 1);
            String shortened = (":" + text + ":").replaceFirst(":" + run + ":", "::");
            if (!shortened.equals(":" + text + ":")) {
                shortened = shortened.startsWith("::") ? shortened : shortened.substring(1);
                return shortened.endsWith("::") ? shortened : shortened.substring(0, shortened.length() - 1);
            }
        }
        return text;
    }
}

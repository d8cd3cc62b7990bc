package io.howdah.notification;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which network addresses a webhook may be at. Those of the public internet; of this machine, the local network and
 * whatever else a stranger cannot reach only as far as the installation allows it, so that nobody sends the portal where
 * they cannot go themselves.
 */
final class AddressPolicy {

    /** What the IANA registries of special-purpose addresses set apart. */
    private static final List<Cidr> NOT_PUBLIC_4 = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4")
            .map(Cidr::of)
            .toList();

    private static final Cidr GLOBAL_UNICAST_6 = Cidr.of("2000::/3");

    /** Within it: Teredo, benchmarking, ORCHID and the like, documentation, 6to4. */
    private static final List<Cidr> NOT_PUBLIC_6 = Stream.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
            .map(Cidr::of)
            .toList();

    /** Where a network without IPv4 reaches it: what counts is the address inside. */
    private static final Cidr NAT64 = Cidr.of("64:ff9b::/96");

    private final boolean allPrivate;
    private final List<Cidr> allowed;

    private AddressPolicy(boolean allPrivate, List<Cidr> allowed) {
        this.allPrivate = allPrivate;
        this.allowed = allowed;
    }

    /**
     * @param setting {@code yes}, networks separated by commas, or nothing
     * @throws IllegalArgumentException when it is none of these
     */
    static AddressPolicy of(String setting) {
        String text = setting == null ? "" : setting.strip();
        if (text.isEmpty() || text.equalsIgnoreCase("no")) {
            return new AddressPolicy(false, List.of());
        }
        if (text.equalsIgnoreCase("yes")) {
            return new AddressPolicy(true, List.of());
        }
        return new AddressPolicy(
                false,
                Arrays.stream(text.split("[,\\s]+"))
                        .filter(part -> !part.isEmpty())
                        .map(Cidr::of)
                        .toList());
    }

    boolean allows(InetAddress address) {
        return isPublic(address) || allowsPrivately(address);
    }

    /** Whether the installation vouches for the network the address is in; only there is unencrypted HTTP allowed. */
    boolean allowsPrivately(InetAddress address) {
        InetAddress plain = inner(address);
        if (plain.isMulticastAddress() || plain.isAnyLocalAddress()) {
            return false;
        }
        return allPrivate && !isPublic(plain)
                || allowed.stream().anyMatch(network -> network.contains(plain) || network.contains(address));
    }

    /** Whether any address out of the public internet is allowed. */
    boolean allowsAnythingPrivate() {
        return allPrivate || !allowed.isEmpty();
    }

    static boolean isPublic(InetAddress address) {
        InetAddress plain = inner(address);
        if (plain instanceof Inet4Address) {
            return NOT_PUBLIC_4.stream().noneMatch(network -> network.contains(plain));
        }
        return GLOBAL_UNICAST_6.contains(plain) && NOT_PUBLIC_6.stream().noneMatch(network -> network.contains(plain));
    }

    /** The IPv4 address that an IPv6 one stands for, else the address itself. */
    private static InetAddress inner(InetAddress address) {
        if (!isMapped(address.getAddress()) && !NAT64.contains(address)) {
            return address;
        }
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), 12, 16));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code ::ffff:a.b.c.d} */
    private static boolean isMapped(byte[] bytes) {
        return bytes.length == 16
                && Arrays.equals(bytes, 0, 10, new byte[10], 0, 10)
                && bytes[10] == (byte) 0xff
                && bytes[11] == (byte) 0xff;
    }
}

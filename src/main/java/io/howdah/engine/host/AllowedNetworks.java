package io.howdah.engine.host;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** The networks from which a server may be reached, as {@code pg_hba.conf} names them. */
record AllowedNetworks(List<String> networks) {

    /** @param address of a client, in figures; "unix" is this host itself */
    boolean include(String address) {
        if (address.startsWith("unix")) {
            return true;
        }
        return HostAddresses.isAddress(address)
                && networks.stream().anyMatch(network -> within(network.split("/"), address));
    }

    private static boolean within(String[] network, String address) {
        try {
            byte[] base = InetAddress.getByName(network[0]).getAddress();
            byte[] other = InetAddress.getByName(address).getAddress();
            int rest = base.length * 8 - Integer.parseInt(network[1]);
            return base.length == other.length
                    && new BigInteger(1, base).shiftRight(rest).equals(new BigInteger(1, other).shiftRight(rest));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

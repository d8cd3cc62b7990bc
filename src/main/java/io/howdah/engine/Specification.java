package io.howdah.engine;

import java.util.List;

/**
 * What a server is to be.
 *
 * @param name the server's name, for certificates and process titles
 * @param majorVersion one of {@link Engine#versions()}
 * @param storageGib provisioned storage in GiB, or {@link #UNLIMITED}
 * @param allowedNetworks networks in CIDR notation from which clients may come, besides the host itself
 */
public record Specification(
        String name, int majorVersion, Compute compute, int storageGib, List<String> allowedNetworks) {

    /** Of a copy that is there for a while only: it takes what its source has. */
    public static final int UNLIMITED = 0;

    public Specification {
        allowedNetworks = List.copyOf(allowedNetworks);
    }

    /** The same with other storage. */
    public Specification stored(int gib) {
        return new Specification(name, majorVersion, compute, gib, allowedNetworks);
    }

    /** The same in another size. */
    public Specification sized(Compute other) {
        return new Specification(name, majorVersion, other, storageGib, allowedNetworks);
    }
}

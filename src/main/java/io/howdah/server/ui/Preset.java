package io.howdah.server.ui;

import io.howdah.server.Catalogue;
import io.howdah.server.Size;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A starting point of the create page: what a kind of work needs at least, for which the smallest size that this place
 * offers is chosen. A production preset takes a tier made for steady work before one that is not.
 */
enum Preset {
    DEVELOPMENT(0.25, 512, 8, List.of()),
    PRODUCTION_SMALL(2, 4 * 1024, 64, List.of("General Purpose", "Memory Optimized")),
    PRODUCTION_LARGE(8, 32 * 1024, 256, List.of("General Purpose", "Memory Optimized"));

    private final double vCores;
    private final int memoryMib;
    private final int storageGib;
    private final List<String> tiers;

    Preset(double vCores, int memoryMib, int storageGib, List<String> tiers) {
        this.vCores = vCores;
        this.memoryMib = memoryMib;
        this.storageGib = storageGib;
        this.tiers = tiers;
    }

    double vCores() {
        return vCores;
    }

    int memoryMib() {
        return memoryMib;
    }

    int storageGib() {
        return storageGib;
    }

    /** The size to begin with, or empty when nothing that is large enough fits beside the servers there are. */
    Optional<Size> size(Catalogue catalogue) {
        return catalogue.sizes().stream()
                .filter(size -> size.vCores() >= vCores && size.memoryMib() >= memoryMib)
                .filter(size -> size.memoryMib() <= freeMemoryMib(catalogue))
                .min(Comparator.comparing((Size size) -> !tiers.isEmpty() && !tiers.contains(size.tier()))
                        .thenComparing(Size::memoryMib)
                        .thenComparing(Size::vCores));
    }

    boolean storageFits(Catalogue catalogue) {
        return catalogue.room().storageGib() >= storageGib;
    }

    /** Memory that can still be promised to a new server, in MiB. */
    static int freeMemoryMib(Catalogue catalogue) {
        return Math.max(0, catalogue.room().serverMemoryMib() - catalogue.promisedMemoryMib());
    }
}

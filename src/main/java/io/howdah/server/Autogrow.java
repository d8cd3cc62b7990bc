package io.howdah.server;

import io.howdah.engine.Storage;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether a server's storage grows by itself when little of it is free, see {@link
 * io.howdah.engine.Storage#callsForGrowth()}.
 *
 * @param stepGib by how much at a time
 * @param ceilingGib up to which size
 */
public record Autogrow(boolean on, int stepGib, int ceilingGib) {

    /** What people are offered: a fifth at a time, up to four times of what there is. */
    static Autogrow offeredTo(int storageGib) {
        return new Autogrow(false, Math.max(1, storageGib / 5), (int) Math.min(Rules.MAX_STORAGE_GIB, storageGib * 4L));
    }

    /** The first rule that it breaks for a server with so much storage. */
    Optional<Problem> check(int storageGib) {
        boolean sound = stepGib >= 1 && ceilingGib >= storageGib && ceilingGib <= Rules.MAX_STORAGE_GIB;
        return !on || sound
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemCode.AutogrowInvalid, storageGib, Rules.MAX_STORAGE_GIB)
                        .at("autogrow"));
    }

    /** The smallest storage, in GiB, that holds what is used and does not grow again by itself at once. */
    int least(long usedBytes) {
        int gib = Storage.leastGib(usedBytes);
        while (on && gib < ceilingGib && at(gib, usedBytes).callsForGrowth()) {
            gib++;
        }
        return gib;
    }

    /** The first rule that so much storage breaks for what is used. */
    Optional<Problem> fits(int storageGib, long usedBytes) {
        int least = Storage.leastGib(usedBytes);
        if (storageGib < least) {
            long margin = Storage.marginBytes((long) storageGib << 30);
            return Optional.of(
                    Problem.of(ProblemCode.StorageTooSmall, storageGib, usedBytes >> 20, margin >> 20, least));
        }
        return storageGib < least(usedBytes)
                ? Optional.of(Problem.of(ProblemCode.StorageGrowsBack, storageGib, least(usedBytes)))
                : Optional.empty();
    }

    private static Storage at(int gib, long usedBytes) {
        return new Storage(true, (long) gib << 30, usedBytes, false, List.of());
    }

    /** To what size it grows from that one; empty when it does not. */
    OptionalInt next(int storageGib) {
        return on && storageGib < ceilingGib
                ? OptionalInt.of(Math.min(storageGib + stepGib, ceilingGib))
                : OptionalInt.empty();
    }
}

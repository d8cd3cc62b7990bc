package io.howdah.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.audit.Finding.Kind;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerificationTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private static Verdict verdict(Chain chain, List<Seal> seals) {
        return new Verification(Link.FIRST, chain::after, seals, number -> {}).verdict();
    }

    private static SealKey key() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new SealKey(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Seal> seals(SealKey key, Chain chain, int... numbers) {
        List<Seal> seals = new ArrayList<>();
        for (int number : numbers) {
            Link link = chain.link(number);
            seals.add(key.seal(seals.size() + 1L, link.number(), link.hash(), NOON));
        }
        return seals;
    }

    @Test
    void aLogThatNobodyTouchedIsWhole() {
        Chain chain = new Chain(20);
        assertThat(verdict(chain, seals(key(), chain, 7, 14))).isEqualTo(new Verdict(20, 2, 14, null));
        assertThat(verdict(new Chain(0), List.of())).isEqualTo(new Verdict(0, 0, 0, null));
    }

    @Test
    void aLogCanBeReadFromACheckpointOn() {
        Chain chain = new Chain(20);
        assertThat(new Verification(chain.link(7), chain::after, List.of(), number -> {}).verdict())
                .isEqualTo(new Verdict(13, 0, 7, null));
        chain.get(8).actor = "berta";
        assertThat(new Verification(chain.link(7), chain::after, List.of(), number -> {})
                        .verdict()
                        .finding())
                .isEqualTo(new Finding(Kind.CHANGED, 8, 8));
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                forgery("a field", chain -> chain.get(9).details = "{\"a\":\"b\"}", Kind.CHANGED, 9, 9),
                forgery("the first record", chain -> chain.get(1).actor = "berta", Kind.CHANGED, 1, 1),
                forgery("the last record", chain -> chain.get(20).actor = "berta", Kind.CHANGED, 20, 20),
                forgery(
                        "a record and its hash",
                        chain -> {
                            chain.get(9).actor = "berta";
                            chain.get(9).hash = chain.get(9).computeHash();
                        },
                        Kind.CHANGED,
                        9,
                        9),
                forgery("a record out of the middle", chain -> chain.remove(9), Kind.REMOVED, 9, 9),
                forgery("the first one out", chain -> chain.remove(1), Kind.REMOVED, 1, 1),
                forgery(
                        "two out, and those behind moved up",
                        chain -> {
                            chain.remove(9);
                            chain.remove(9);
                            chain.renumber();
                        },
                        Kind.REMOVED,
                        9,
                        10),
                forgery(
                        "one put in that follows well",
                        chain -> {
                            chain.insertAt(9);
                            chain.renumber();
                        },
                        Kind.INSERTED,
                        9,
                        9),
                forgery(
                        "one put in with any hash",
                        chain -> {
                            chain.insertAt(9).hash = "f".repeat(64);
                            chain.renumber();
                        },
                        Kind.INSERTED,
                        9,
                        9),
                forgery(
                        "one put in at the end",
                        chain -> {
                            AuditRecord last = chain.append("mallory");
                            last.previousHash = "e".repeat(64);
                            last.hash = "f".repeat(64);
                        },
                        Kind.INSERTED,
                        21,
                        21));
    }

    private static Arguments forgery(String what, Consumer<Chain> forge, Kind kind, long first, long last) {
        return Arguments.of(what, forge, new Finding(kind, first, last));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void whatWasDoneIsNamed(String what, Consumer<Chain> forge, Finding finding) {
        Chain chain = new Chain(20);
        forge.accept(chain);
        assertThat(verdict(chain, List.of()).finding()).as(what).isEqualTo(finding);
    }

    @Test
    void aChainComputedAnewDoesNotAgreeWithTheCheckpoint() {
        Chain chain = new Chain(20);
        List<Seal> seals = seals(key(), chain, 7, 14);
        chain.get(9).actor = "berta";
        chain.rewriteFrom(9);
        assertThat(verdict(chain, List.of()).whole()).isTrue();
        assertThat(verdict(chain, seals).finding()).isEqualTo(new Finding(Kind.REWRITTEN, 8, 14));
    }

    @Test
    void aTailThatWasCutOffAfterACheckpointIsMissed() {
        Chain chain = new Chain(20);
        List<Seal> seals = seals(key(), chain, 7, 19);
        chain.records.subList(16, 20).clear();
        assertThat(verdict(chain, List.of()).whole()).isTrue();
        assertThat(verdict(chain, seals).finding()).isEqualTo(new Finding(Kind.REMOVED, 17, 19));
    }

    @Test
    void aCheckpointThatIsMissingOrSignedBySomebodyElseShows() {
        Chain chain = new Chain(20);
        SealKey key = key();
        List<Seal> seals = seals(key, chain, 3, 7, 14);
        assertThat(Verification.forged(seals, key)).isNull();
        assertThat(Verification.forged(List.of(seals.get(0), seals.get(2)), key))
                .isEqualTo(new Finding(Kind.CHECKPOINT, 2, 2));
        assertThat(Verification.forged(seals.subList(1, 3), key)).isEqualTo(new Finding(Kind.CHECKPOINT, 1, 1));
        assertThat(Verification.forged(seals(key(), chain, 3), key)).isEqualTo(new Finding(Kind.CHECKPOINT, 1, 1));
        Seal moved = new Seal(
                1,
                4,
                seals.get(0).recordHash(),
                NOON,
                seals.get(0).key(),
                seals.get(0).signature());
        assertThat(Verification.forged(List.of(moved), key)).isEqualTo(new Finding(Kind.CHECKPOINT, 1, 1));
        // Two of one number: one in the database, another one in the file.
        Seal other = key.seal(3, 15, chain.link(15).hash(), NOON);
        assertThat(Verification.forged(List.of(seals.get(0), seals.get(1), seals.get(2), other), key))
                .isEqualTo(new Finding(Kind.CHECKPOINT, 3, 3));
    }

    @Test
    void aCheckpointReadsTheSameFromItsLine() {
        Chain chain = new Chain(3);
        Seal seal = seals(key(), chain, 2).get(0);
        assertThat(Seal.of(seal.line())).isEqualTo(seal);
    }
}

package io.howdah.access;

import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/** Coming in by a provider's word; every try is on record. Without a transaction of its own: records wait for each other. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ProviderSignIn {

    @Inject
    private ProviderPeople people;

    @Inject
    private Recorder recorder;

    @Inject
    private SignInRefusal refusal;

    @Inject
    private Brakes brakes;

    /** The name of the person that somebody at a provider is here; else empty, and {@link SignIn#refusal()} says why. */
    public Optional<String> verify(ProviderCredential by, String address) {
        String account = people.nameOf(by.identity()).orElse(by.identity().subject());
        // Only codes are guessed at here.
        boolean guess = by.code() != null;
        Duration wait = guess ? brakes.take(account, address) : Duration.ZERO;
        if (!wait.isZero()) {
            recorder.signIn(new Caller(null, account, address, Ids.correlation()), false, "slowed down");
            refusal.because(Problem.of(ProblemCode.SignInSlowedDown, wait.toSeconds() + 1));
            return Optional.empty();
        }
        ProviderPeople.Entered entered = people.enter(by, address);
        Caller caller = new Caller(entered.personId(), entered.name(), address, Ids.correlation());
        if (entered.refused() == null) {
            if (guess) {
                brakes.trust(account, address);
            }
            recorder.signIn(caller, true, entered.note());
            return Optional.of(entered.name());
        }
        refusal.because(entered.refused());
        if (entered.refused().code() != ProblemCode.SecondFactorNeeded) {
            recorder.signIn(caller, false, entered.note());
        }
        return Optional.empty();
    }
}

package io.howdah.access;

import io.howdah.openid.EndedSession;
import io.howdah.openid.OpenId;
import io.howdah.openid.ProvenIdentity;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The way to the providers and back. It calls them: never in a transaction. */
@ApplicationScoped
public class ProviderDoor {

    /** Where providers send browsers back to, under the portal's address. */
    public static final String CALLBACK = "/oidc/callback";

    /** Where providers tell that somebody has signed out. */
    public static final String BACK_CHANNEL = "/oidc/backchannel-logout";

    private static final Logger LOG = Logger.getLogger(ProviderDoor.class.getName());

    @Inject
    private ProviderPeople people;

    @Inject
    private ProviderSessions sessions;

    @Inject
    private OpenId openId;

    @Inject
    private Recorder recorder;

    /** The providers that people may sign in by. */
    public List<ProviderChoice> choices() {
        return people.choices();
    }

    /**
     * Begins a sign-in; the browser's session keeps what comes, and the browser goes to its request's address.
     *
     * @throws io.howdah.shared.ProblemException NotFound, ProviderAway, ProviderNotUsable
     */
    public PendingSignIn begin(UUID providerId, Site site) {
        return begin(providerId, site, null);
    }

    PendingSignIn begin(UUID providerId, Site site, UUID person) {
        ProviderPeople.Known provider = provider(providerId);
        return new PendingSignIn(
                provider.id(),
                openId.begin(provider.registration(), URI.create(site.origin() + CALLBACK)),
                person,
                null);
    }

    /**
     * What the provider has proven, when the browser has come back; a failure is on record as a sign-in.
     *
     * @param pending null when the browser's session knows of none
     * @param query of the address it came back to
     * @throws io.howdah.shared.ProblemException SignInTimedOut, NotFound, ProviderSaysNo, ProviderAway,
     *     ProviderNotUsable, ProviderAnswerInvalid, ProviderClockOff
     */
    public ProviderCredential finish(PendingSignIn pending, String query, String address) {
        String name = "";
        try {
            if (pending == null) {
                throw Problem.of(ProblemCode.SignInTimedOut).raise();
            }
            ProviderPeople.Known provider = provider(pending.providerId());
            name = provider.registration().name();
            ProvenIdentity who = openId.finish(provider.registration(), pending.request(), query);
            return new ProviderCredential(provider.id(), who, Ids.random(), null);
        } catch (ProblemException refused) {
            String why = refused.problem().code()
                    + (refused.getCause() == null
                            ? ""
                            : ", " + refused.getCause().getMessage());
            recorder.signIn(
                    Callers.find().orElse(new Caller(null, "", address, Ids.correlation())),
                    false,
                    ("by " + name + ", " + why).replace("by , ", ""));
            LOG.log(Level.INFO, "A sign-in by a provider failed: {0}", why);
            throw refused;
        }
    }

    /**
     * Where the browser goes so that the provider ends its session too; empty when it has no such place or is away: nobody
     * is kept from signing out here.
     */
    public Optional<URI> signOut(ProviderTie tie, Site site) {
        sessions.end(tie.session());
        try {
            return people.provider(tie.providerId())
                    .flatMap(provider -> openId.endOf(
                            provider.registration(), tie.idToken(), URI.create(site.origin() + "/sign-in")));
        } catch (ProblemException away) {
            LOG.log(Level.INFO, "A provider could not be told of a sign-out", away);
            return Optional.empty();
        }
    }

    /**
     * Ends the sessions that a provider's logout token names.
     *
     * @throws io.howdah.shared.ProblemException NotFound, ProviderAway, ProviderNotUsable, ProviderAnswerInvalid
     */
    public void signedOutThere(String logoutToken, String address) {
        ProviderPeople.Known provider = OpenId.claimedIssuer(logoutToken)
                .flatMap(people::byIssuer)
                .orElseThrow(
                        () -> Problem.of(ProblemCode.NotFound, "provider", "").raise());
        EndedSession ended = openId.ended(provider.registration(), logoutToken);
        for (ProviderSessions.Gone gone : sessions.end(provider.id(), ended)) {
            recorder.signOut(new Caller(gone.personId(), gone.name(), address, Ids.correlation()));
        }
    }

    private ProviderPeople.Known provider(UUID id) {
        return people.provider(id).orElseThrow(() -> Problem.of(ProblemCode.NotFound, "provider", String.valueOf(id))
                .raise());
    }
}

package io.howdah.access;

import static io.howdah.container.Container.refused;
import static io.howdah.container.People.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.openid.EndedSession;
import io.howdah.openid.ProvenIdentity;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people are and may here by what a provider has proven of them. The flow itself is OpenIdST's. */
@ExtendWith(ArquillianExtension.class)
class ProvidersIT {

    private static final Scope EVERYWHERE = Scope.INSTALLATION;

    @Inject
    private ProviderService providers;

    @Inject
    private ProviderSignIn door;

    @Inject
    private ProviderSessions sessions;

    @Inject
    private IdentityService identities;

    @Inject
    private GroupService groups;

    @Inject
    private AccessService access;

    @Inject
    private SignIn signIn;

    @Test
    void whatCameByAClaimGoesWithItAndWhatWasGivenHereStays() {
        Caller owner = People.administrator();
        UUID team = People.team("Claims");
        String group = People.unique("Night shift").replace('-', ' ');
        UUID groupId = Callers.as(owner, () -> groups.create(group)).id();
        Provider provider = provider(draft -> draft.mappings(
                ClaimMapping.toRole("ops", "Operator", Scope.team(team)), ClaimMapping.toGroup("night", groupId)));
        String name = provider.comesIn("olga", Map.of("groups", List.of("ops", "night")))
                .name();
        assertThat(rolesOf(name)).containsExactly("Operator");
        assertThat(membersOf(groupId)).containsExactly(name);

        UUID person = People.caller(name).personId();
        Callers.as(owner, () -> access.assign(person, "Reader", Scope.team(team), null));
        provider.comesIn("olga", Map.of("groups", List.of("night")));
        assertThat(rolesOf(name)).containsExactly("Reader");
        assertThat(membersOf(groupId)).containsExactly(name);

        provider.comesIn("olga", Map.of());
        assertThat(rolesOf(name)).containsExactly("Reader");
        assertThat(membersOf(groupId)).isEmpty();

        provider.comesIn("olga", Map.of("groups", List.of("ops")));
        provider.comesIn("olga", Map.of("_claim_names", Map.of("groups", "src1")));
        assertThat(rolesOf(name)).as("too many groups for a token").containsExactlyInAnyOrder("Operator", "Reader");

        Callers.as(owner, () -> access.assign(person, "Operator", Scope.team(team), null));
        provider.comesIn("olga", Map.of());
        assertThat(rolesOf(name)).as("given here since").containsExactlyInAnyOrder("Operator", "Reader");
    }

    @Test
    void whatNoLineGivesAnyMoreIsTakenAtOnceAndAllWithTheProvider() {
        UUID team = People.team("Lines");
        Provider provider = provider(draft -> draft.mappings(ClaimMapping.toRole("ops", "Operator", Scope.team(team))));
        String name = provider.comesIn("pia", Map.of("groups", List.of("ops"))).name();

        provider.change(draft -> draft.mappings(ClaimMapping.toRole("ops", "Reader", Scope.team(team))));
        assertThat(rolesOf(name)).isEmpty();
        UUID session = provider.comesIn("pia", Map.of("groups", List.of("ops"))).session();
        assertThat(rolesOf(name)).containsExactly("Reader");
        assertThat(sessions.lasts(session)).isTrue();

        Callers.as(People.administrator(), () -> providers.delete(provider.id));
        assertThat(rolesOf(name)).isEmpty();
        assertThat(sessions.lasts(session)).isFalse();
        assertThat(provider.refused("pia", Map.of()).code()).isEqualTo(ProblemCode.SignInTimedOut);
    }

    @Test
    void nobodyIsKnownByTheirAddressAlone() {
        Caller reader = People.memberWithPassword("Reader", People.team("Addresses"));
        Metadata.change("update person set name = ? where id = ?", reader.name() + "@example.org", reader.personId());
        String address = reader.name() + "@example.org";
        Map<String, Object> verified = Map.of("email", address, "email_verified", true);
        Provider provider = provider(draft -> draft);
        assertThat(provider.refused("r-1", verified).code()).isEqualTo(ProblemCode.IdentityNameTaken);
        assertThat(provider.comesIn("r-2", Map.of("email", address)).name()).isNotEqualTo(address);

        provider.change(draft -> draft.byEmail());
        assertThat(provider.comesIn("r-3", Map.of("email", address)).name())
                .as("not verified")
                .isNotEqualTo(address);
        assertThat(provider.comesIn("r-1", verified).name()).isEqualTo(address);
        assertThat(provider.comesIn("r-1", Map.of("email", "other@example.org")).name())
                .as("known by the subject from here on")
                .isEqualTo(address);

        Callers.as(People.administrator(), () -> access.disable(reader.personId()));
        assertThat(provider.refused("r-1", verified).code()).isEqualTo(ProblemCode.IdentityDisabled);
        assertThat(Metadata.<String>column(
                        "select details from audit_record where action = 'access/signIn' and actor = ? and result = 'DENIED' order by number desc limit 1",
                        address))
                .singleElement()
                .asString()
                .contains("by " + provider.name, "subject r-1", "disabled");
    }

    @Test
    void onlyWhomTheAdministratorAdmitsComesIn() {
        Provider provider = provider(draft -> draft.domains("example.org"));
        assertThat(provider.refused("x", Map.of()).code()).isEqualTo(ProblemCode.IdentityWithoutEmail);
        assertThat(provider.refused("x", Map.of("email", "x@example.org")).code())
                .isEqualTo(ProblemCode.IdentityWithoutEmail);
        for (String other : List.of("x@example.com", "x@evil-example.org", "x@example.org@example.com")) {
            assertThat(provider.refused("x", Map.of("email", other, "email_verified", true))
                            .code())
                    .as(other)
                    .isEqualTo(ProblemCode.IdentityNotAllowed);
        }
        String address = People.unique("x") + "@example.org";
        assertThat(provider.comesIn(
                                "x",
                                Map.of("email", address.toUpperCase(java.util.Locale.ROOT), "email_verified", true))
                        .name())
                .isEqualTo(address.toLowerCase(java.util.Locale.ROOT));
        provider.change(draft -> draft.makesNobody());
        assertThat(provider.refused("y", Map.of("email", "y@example.org", "email_verified", true))
                        .code())
                .isEqualTo(ProblemCode.IdentityUnknown);
    }

    @Test
    void aSecondFactorIsAskedForUnlessTheProviderSaysThatItDid() {
        Provider provider = provider(draft -> draft);
        String name = provider.comesIn("t", Map.of()).name();
        Metadata.change(
                "insert into second_factor (person_id, secret, confirmed_at, last_step) values (?, 'v1:', now(), 0)",
                People.caller(name).personId());
        Map<String, Object> both = Map.of("amr", List.of("pwd", "otp"));
        assertThat(provider.refused("t", both).code()).isEqualTo(ProblemCode.SecondFactorNeeded);

        provider.change(draft -> draft.trusting());
        assertThat(provider.comesIn("t", both).name()).isEqualTo(name);
        assertThat(provider.refused("t", Map.of("amr", List.of("pwd"))).code())
                .isEqualTo(ProblemCode.SecondFactorNeeded);
        assertThat(Metadata.count("provider_session where subject = 't' and provider_id = ?", provider.id))
                .as("sessions of who gave no code")
                .isEqualTo(2);
    }

    @Test
    void aLogoutTokenEndsOneSessionOrAllButNoneThatBeganLater() {
        Provider provider = provider(draft -> draft);
        UUID one = provider.comesIn("s", Map.of("sid", "a")).session();
        UUID other = provider.comesIn("s", Map.of("sid", "b")).session();
        UUID somebody = provider.comesIn("z", Map.of("sid", "c")).session();
        Instant soon = Instant.now().plusSeconds(60);
        String issuer = provider.issuer;

        assertThat(sessions.end(provider.id, new EndedSession(issuer, null, "a", soon)))
                .hasSize(1);
        assertThat(sessions.lasting(Set.of(one, other, somebody))).containsExactlyInAnyOrder(other, somebody);
        assertThat(sessions.end(
                        provider.id,
                        new EndedSession(issuer, "s", null, Instant.now().minusSeconds(60))))
                .as("an old token, sent again")
                .isEmpty();
        assertThat(sessions.end(provider.id, new EndedSession(issuer, "s", null, soon)))
                .hasSize(1);
        assertThat(sessions.lasting(Set.of(one, other, somebody))).containsExactly(somebody);
    }

    @Test
    void anAccountIsLinkedByItsOwnPersonAndOnce() {
        Provider provider = provider(draft -> draft.makesNobody());
        Caller one = People.member("Reader", People.team("Links"));
        Caller other = People.member("Reader", People.team("Links"));
        ProviderCredential credential = provider.credential("l", Map.of());
        PendingSignIn pending = new PendingSignIn(provider.id, null, one.personId(), null);
        assertThat(refused(other, () -> identities.link(pending, credential)).code())
                .as("begun by somebody else")
                .isEqualTo(ProblemCode.SignInTimedOut);
        Callers.as(one, () -> identities.link(pending, credential));
        assertThat(provider.comesIn("l", Map.of()).name()).isEqualTo(one.name());
        assertThat(refused(
                                other,
                                () -> identities.link(
                                        new PendingSignIn(provider.id, null, other.personId(), null), credential))
                        .code())
                .isEqualTo(ProblemCode.IdentityLinkedElsewhere);

        UUID id = Callers.as(one, () -> identities.mine()).get(0).id();
        assertThat(refused(other, () -> identities.unlink(id)).code()).isEqualTo(ProblemCode.NotFound);
        assertThat(refused(one, () -> identities.unlink(id)).code()).isEqualTo(ProblemCode.IdentityIsOnlyWay);
    }

    @Test
    void aSecretIsKeptUnreadableAndSentToNoOtherIssuer() {
        Provider provider = provider(draft -> draft);
        Callers.as(People.administrator(), () -> providers.setSecret(provider.id, "the client's secret"));
        assertThat(Metadata.<String>value("select client_secret from identity_provider where id = ?", provider.id))
                .startsWith("v1:");
        assertThat(Callers.as(People.administrator(), () -> providers.providers())
                        .toString())
                .doesNotContain("the client's secret");
        assertThat(Metadata.<String>column(
                        "select details from audit_record where action = 'access/providers' and target_name = ?",
                        provider.name))
                .allSatisfy(details -> assertThat(details).doesNotContain("the client's secret"));
        Callers.as(
                People.administrator(),
                () -> providers.save(
                        provider.id, new Draft(provider.name, "https://" + provider.name + ".example.net").made()));
        assertThat(Metadata.<String>value("select client_secret from identity_provider where id = ?", provider.id))
                .isNull();
    }

    @Test
    void nobodyGivesMoreByAProviderThanTheyHold() {
        Caller owner = People.administrator();
        String role = People.unique("Providers").replace('-', ' ');
        Callers.as(owner, () -> io.howdah.container.Container.bean(RoleService.class)
                .create(role, "", Set.of(Permission.ACCESS_PROVIDERS.action(), Permission.ACCESS_READ.action())));
        Caller some = People.member(role, EVERYWHERE);
        Draft draft = new Draft(People.unique("Much"), "https://" + People.unique("much") + ".example.org");
        assertThat(refused(
                                some,
                                () -> providers.save(
                                        null,
                                        draft.mappings(ClaimMapping.toRole("x", "Owner", EVERYWHERE))
                                                .made()))
                        .code())
                .isEqualTo(ProblemCode.GrantTooMuch);
    }

    /** A provider's description, the way most tests want it. */
    private record Draft(
            String name,
            String issuer,
            List<String> domainsOf,
            boolean makes,
            boolean links,
            boolean trusts,
            List<ClaimMapping> lines) {

        Draft(String name, String issuer) {
            this(name, issuer, List.of(), true, false, false, List.of());
        }

        Draft mappings(ClaimMapping... wanted) {
            return new Draft(name, issuer, domainsOf, makes, links, trusts, List.of(wanted));
        }

        Draft domains(String... wanted) {
            return new Draft(name, issuer, List.of(wanted), makes, links, trusts, lines);
        }

        Draft byEmail() {
            return new Draft(name, issuer, domainsOf, makes, true, trusts, lines);
        }

        Draft trusting() {
            return new Draft(name, issuer, domainsOf, makes, links, true, lines);
        }

        Draft makesNobody() {
            return new Draft(name, issuer, domainsOf, false, links, trusts, lines);
        }

        ProviderDraft made() {
            return new ProviderDraft(
                    ProviderKind.OTHER,
                    name,
                    issuer,
                    "howdah",
                    List.of("email"),
                    "groups",
                    domainsOf,
                    makes,
                    null,
                    null,
                    links,
                    trusts,
                    List.of(),
                    lines);
        }
    }

    private record In(String name, UUID session) {}

    private final class Provider {

        private final String name = People.unique("Provider");
        private final String issuer = "https://" + name.toLowerCase(java.util.Locale.ROOT) + ".example.org";
        private UUID id;

        void change(java.util.function.UnaryOperator<Draft> how) {
            ProviderDraft draft = how.apply(new Draft(name, issuer)).made();
            id = Callers.as(People.administrator(), () -> providers.save(id, draft));
        }

        ProviderCredential credential(String subject, Map<String, Object> claims) {
            Map<String, Object> all = new HashMap<>(claims);
            all.putIfAbsent("preferred_username", name + "." + subject);
            return new ProviderCredential(
                    id, new ProvenIdentity(issuer, subject, (String) claims.get("sid"), "", all), Ids.random(), null);
        }

        In comesIn(String subject, Map<String, Object> claims) {
            ProviderCredential credential = credential(subject, claims);
            return new In(door.verify(credential, ADDRESS).orElseThrow(), credential.session());
        }

        Problem refused(String subject, Map<String, Object> claims) {
            assertThat(door.verify(credential(subject, claims), ADDRESS)).isEmpty();
            return signIn.refusal().orElseThrow();
        }
    }

    private Provider provider(java.util.function.UnaryOperator<Draft> how) {
        Provider provider = new Provider();
        provider.change(how);
        return provider;
    }

    private List<String> rolesOf(String name) {
        return Metadata.column(
                "select distinct role from assignment where person_id = ? order by role",
                People.caller(name).personId());
    }

    private List<String> membersOf(UUID group) {
        return Metadata.column(
                "select p.name from person_group_member m join person p on p.id = m.person_id where m.group_id = ?",
                group);
    }
}

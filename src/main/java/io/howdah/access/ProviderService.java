package io.howdah.access;

import io.howdah.openid.Discovered;
import io.howdah.openid.OpenId;
import io.howdah.shared.Encryption;
import io.howdah.shared.Ids;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** The OpenID providers that vouch for people beside this installation's own accounts. */
@Stateless
public class ProviderService {

    /** As many groups as Entra ID puts into a token. */
    private static final int ENTRA_MOST_GROUPS = 200;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Grants grants;

    @Inject
    private ProviderGrants providerGrants;

    @Inject
    private Places places;

    @Inject
    private OpenId openId;

    @Inject
    private Encryption encryption;

    @Inject
    private Clock clock;

    public List<ProviderView> providers() {
        access.permit(Permission.ACCESS_PROVIDERS, Scope.INSTALLATION, target(null, ""));
        return entities.createQuery("select p from IdentityProvider p order by lower(p.name)", IdentityProvider.class)
                .getResultStream()
                .map(provider -> new ProviderView(
                        provider.id,
                        provider.draft(providerGrants.mappings(provider.id).stream()
                                .map(ProviderMapping::view)
                                .toList()),
                        provider.hasSecret(),
                        people(provider.id)))
                .toList();
    }

    /**
     * What the provider says about itself just now, in sentences. Nothing is kept.
     *
     * @throws io.howdah.shared.ProblemException ProviderIssuerInvalid, ProviderAway, ProviderNotUsable
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public List<ProviderFinding> test(ProviderDraft draft) {
        String issuer = ProviderRules.issuer(draft.issuer());
        String name = draft.name() == null || draft.name().isBlank() ? issuer : draft.name();
        access.permit(Permission.ACCESS_PROVIDERS, Scope.INSTALLATION, target(null, name));
        return findings(draft, openId.discover(name, issuer));
    }

    /**
     * Keeps a new provider, or what has changed of one. Under another issuer its client secret is forgotten: whoever does
     * not know it could have it sent to a provider of their own.
     *
     * @param id null for a new one
     * @throws io.howdah.shared.ProblemException what {@link ProviderRules} says, ProviderIssuerTaken, NotFound,
     *     GrantTooMuch when people would get more by it than the caller holds
     */
    @Approvable
    public UUID save(UUID id, ProviderDraft wanted) {
        ProviderDraft draft = ProviderRules.checked(wanted);
        access.change(
                Permission.ACCESS_PROVIDERS,
                Scope.INSTALLATION,
                target(id, draft.name()),
                words(before(id), draft),
                protection(draft));
        requireMayGive(draft);
        entities.createNativeQuery("lock table identity_provider in share row exclusive mode")
                .executeUpdate();
        requireAlone(id, draft);
        IdentityProvider provider = id == null ? new IdentityProvider() : find(id);
        boolean moved = id != null && !provider.issuer.equals(draft.issuer());
        if (id == null) {
            provider.id = Ids.random();
            provider.createdAt = clock.instant();
        }
        provider.take(draft);
        if (id == null) {
            entities.persist(provider);
        }
        if (moved) {
            provider.secret(null, encryption);
            entities.createQuery("delete from ExternalIdentity i where i.providerId = :provider")
                    .setParameter("provider", id)
                    .executeUpdate();
        }
        entities.flush();
        entities.createQuery("delete from ProviderMapping m where m.providerId = :provider")
                .setParameter("provider", provider.id)
                .executeUpdate();
        draft.mappings().forEach(mapping -> entities.persist(ProviderMapping.of(Ids.random(), provider.id, mapping)));
        providerGrants.takeUnmapped(provider.id);
        return provider.id;
    }

    /**
     * Sets the secret by which the provider knows this installation.
     *
     * @param clientSecret null or blank for a public client, which has none
     */
    public void setSecret(UUID id, String clientSecret) {
        access.permit(Permission.ACCESS_PROVIDERS, Scope.INSTALLATION, target(id, String.valueOf(id)));
        IdentityProvider provider = find(id);
        String secret = clientSecret == null || clientSecret.isBlank() ? null : clientSecret.strip();
        access.change(
                Permission.ACCESS_PROVIDERS,
                Scope.INSTALLATION,
                target(id, provider.name),
                Map.of("clientSecret", secret == null ? "removed" : "set"));
        provider.secret(secret, encryption);
    }

    /** People stay; they can't come in by it any more, and lose what they had by its claims. Its sessions end. */
    public void delete(UUID id) {
        access.permit(Permission.ACCESS_PROVIDERS, Scope.INSTALLATION, target(id, String.valueOf(id)));
        IdentityProvider provider = find(id);
        access.change(
                Permission.ACCESS_PROVIDERS, Scope.INSTALLATION, target(id, provider.name), Map.of("deleted", "true"));
        entities.remove(provider);
    }

    /**
     * What keeping the provider is to a policy about second persons: whoever runs it decides who comes in by it, so it is
     * worth the roles that it gives, and, where it links accounts by their address, every account.
     */
    private ProtectedAction protection(ProviderDraft draft) {
        Map<UUID, List<AssignmentView>> ofGroups = grants.ofGroups();
        Stream<String> mapped = draft.mappings().stream()
                .flatMap(mapping -> mapping.role() != null
                        ? Stream.of(mapping.role())
                        : ofGroups.getOrDefault(mapping.groupId(), List.of()).stream()
                                .map(AssignmentView::role));
        boolean givesPowers = Stream.concat(Stream.ofNullable(draft.defaultRole()), mapped)
                .anyMatch(role -> grants.protection(role) != null);
        return givesPowers || draft.linksByEmail() ? ProtectedAction.OWNER_GRANT : null;
    }

    private void requireMayGive(ProviderDraft draft) {
        if (draft.defaultRole() != null) {
            requireMayGive(draft.defaultRole(), draft.defaultScope());
        }
        for (ClaimMapping mapping : draft.mappings()) {
            if (mapping.role() != null) {
                requireMayGive(mapping.role(), mapping.scope());
            } else {
                if (entities.find(PersonGroup.class, mapping.groupId()) == null) {
                    throw Problem.of(ProblemCode.NotFound, "group", mapping.groupId())
                            .at("mappings")
                            .raise();
                }
                grants.ofGroups()
                        .getOrDefault(mapping.groupId(), List.of())
                        .forEach(role -> grants.requireMayGive(role.role(), role.scope()));
            }
        }
    }

    private void requireMayGive(String role, Scope scope) {
        if (entities.find(RoleEntry.class, role) == null) {
            throw Problem.of(ProblemCode.NotFound, "role", role).at("role").raise();
        }
        places.require(Permission.ACCESS_PROVIDERS, scope);
        grants.requireMayGive(role, scope);
    }

    private void requireAlone(UUID id, ProviderDraft draft) {
        for (IdentityProvider other : entities.createQuery("select p from IdentityProvider p", IdentityProvider.class)
                .getResultList()) {
            if (other.id.equals(id)) {
                continue;
            }
            if (other.issuer.equals(draft.issuer())) {
                throw Problem.of(ProblemCode.ProviderIssuerTaken, other.name)
                        .at("issuer")
                        .raise();
            }
            if (other.name.equalsIgnoreCase(draft.name())) {
                throw Problem.of(ProblemCode.ProviderNameTaken, other.name)
                        .at("name")
                        .raise();
            }
        }
    }

    private static List<ProviderFinding> findings(ProviderDraft draft, Discovered said) {
        List<ProviderFinding> findings = new ArrayList<>();
        findings.add(finding(true, "found", said.issuer()));
        findings.add(
                said.algorithms().isEmpty()
                        ? finding(false, "noAlgorithm")
                        : finding(said.keys() > 0, "keys", said.keys(), String.join(", ", said.algorithms())));
        findings.add(finding(said.proofKeys(), said.proofKeys() ? "proofKeys" : "noProofKeys"));
        findings.add(finding(said.endSession(), said.endSession() ? "endSession" : "noEndSession"));
        findings.add(finding(said.backChannel(), said.backChannel() ? "backChannel" : "noBackChannel"));
        List<String> unknown = draft.scopes().stream()
                .filter(scope -> !scope.isBlank()
                        && !said.scopes().isEmpty()
                        && !said.scopes().contains(scope.strip()))
                .toList();
        if (!unknown.isEmpty()) {
            findings.add(finding(false, "noScope", String.join(", ", unknown)));
        }
        String claim = draft.groupsClaim() == null ? "" : draft.groupsClaim().strip();
        if (draft.kind() == ProviderKind.GOOGLE) {
            findings.add(finding(claim.isEmpty(), "google"));
        } else if (draft.kind() == ProviderKind.ENTRA_ID) {
            findings.add(finding(true, "entra", ENTRA_MOST_GROUPS));
        } else if (!claim.isEmpty()
                && !said.claims().isEmpty()
                && !said.claims().contains(claim.split("\\.")[0])) {
            findings.add(finding(false, "noClaim", claim));
        }
        findings.add(finding(true, "client"));
        return findings;
    }

    private static ProviderFinding finding(boolean fine, String key, Object... arguments) {
        return new ProviderFinding(fine, Messages.text("provider.test." + key, arguments));
    }

    private ProviderDraft before(UUID id) {
        IdentityProvider provider =
                id == null ? null : entities.find(IdentityProvider.class, id, LockModeType.PESSIMISTIC_WRITE);
        return provider == null
                ? null
                : provider.draft(providerGrants.mappings(id).stream()
                        .map(ProviderMapping::view)
                        .toList());
    }

    /** Each thing that changes, before and after. */
    private static Map<String, String> words(ProviderDraft before, ProviderDraft after) {
        Map<String, String> was = before == null ? Map.of() : facts(before);
        Map<String, String> details = new TreeMap<>();
        facts(after).forEach((name, now) -> {
            String then = was.getOrDefault(name, "");
            if (!then.equals(now)) {
                details.put(name, before == null ? now : then + " → " + now);
            }
        });
        return details;
    }

    private static Map<String, String> facts(ProviderDraft draft) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("name", draft.name());
        facts.put("issuer", draft.issuer());
        facts.put("clientId", draft.clientId());
        facts.put("scopes", String.join(" ", draft.scopes()));
        facts.put("groupsClaim", String.valueOf(draft.groupsClaim()));
        facts.put("emailDomains", String.join(" ", draft.emailDomains()));
        facts.put("makesPeople", String.valueOf(draft.makesPeople()));
        facts.put("defaultRole", draft.defaultRole() + " " + draft.defaultScope());
        facts.put("linksByEmail", String.valueOf(draft.linksByEmail()));
        facts.put("trustsSecondFactor", String.valueOf(draft.trustsSecondFactor()));
        facts.put("acrValues", String.join(" ", draft.acrValues()));
        facts.put(
                "mappings",
                draft.mappings().stream()
                        .map(ProviderService::words)
                        .sorted()
                        .toList()
                        .toString());
        return facts;
    }

    private static String words(ClaimMapping mapping) {
        return mapping.value() + ": "
                + (mapping.role() == null ? "group " + mapping.groupId() : mapping.role() + " " + mapping.scope());
    }

    private long people(UUID id) {
        return entities.createQuery(
                        "select count(distinct i.personId) from ExternalIdentity i where i.providerId = :provider",
                        Long.class)
                .setParameter("provider", id)
                .getSingleResult();
    }

    private IdentityProvider find(UUID id) {
        IdentityProvider provider = id == null ? null : entities.find(IdentityProvider.class, id);
        if (provider == null) {
            throw Problem.of(ProblemCode.NotFound, "provider", String.valueOf(id))
                    .raise();
        }
        return provider;
    }

    private static Target target(UUID id, String name) {
        return new Target("provider", id, name);
    }
}

package io.howdah.access;

import io.howdah.openid.Registration;
import io.howdah.shared.Encryption;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** An OpenID provider that vouches for people. */
@Entity
@Table(name = "identity_provider")
class IdentityProvider {

    private static final String PURPOSE = "identity provider";

    @Id
    UUID id;

    @Enumerated(EnumType.STRING)
    ProviderKind kind;

    String name;

    String issuer;

    @Column(name = "client_id")
    String clientId;

    @Column(name = "client_secret")
    private String clientSecret;

    private String scopes;

    @Column(name = "groups_claim")
    String groupsClaim;

    @Column(name = "email_domains")
    private String emailDomains;

    @Column(name = "makes_people")
    boolean makesPeople;

    @Column(name = "default_role")
    String defaultRole;

    @Column(name = "default_team_id")
    private UUID defaultTeamId;

    @Column(name = "default_project_id")
    private UUID defaultProjectId;

    @Column(name = "default_server_id")
    private UUID defaultServerId;

    @Column(name = "links_by_email")
    boolean linksByEmail;

    @Column(name = "trusts_second_factor")
    boolean trustsSecondFactor;

    @Column(name = "acr_values")
    private String acrValues;

    @Column(name = "created_at")
    Instant createdAt;

    @Version
    int version;

    /** Takes everything but the secret. */
    void take(ProviderDraft draft) {
        kind = draft.kind();
        name = draft.name();
        issuer = draft.issuer();
        clientId = draft.clientId();
        scopes = String.join(" ", draft.scopes());
        groupsClaim = draft.groupsClaim();
        emailDomains = String.join(" ", draft.emailDomains());
        makesPeople = draft.makesPeople();
        defaultRole = draft.defaultRole();
        Scope scope = draft.defaultScope() == null ? Scope.INSTALLATION : draft.defaultScope();
        defaultTeamId = scope.teamId();
        defaultProjectId = scope.projectId();
        defaultServerId = scope.serverId();
        linksByEmail = draft.linksByEmail();
        trustsSecondFactor = draft.trustsSecondFactor();
        acrValues = String.join(" ", draft.acrValues());
    }

    ProviderDraft draft(List<ClaimMapping> mappings) {
        return new ProviderDraft(
                kind,
                name,
                issuer,
                clientId,
                words(scopes),
                groupsClaim,
                words(emailDomains),
                makesPeople,
                defaultRole,
                defaultScope(),
                linksByEmail,
                trustsSecondFactor,
                acrValues(),
                mappings);
    }

    Registration registration(Encryption encryption) {
        return new Registration(name, issuer, clientId, secret(encryption), words(scopes), acrValues());
    }

    String secret(Encryption encryption) {
        return clientSecret == null ? null : encryption.decrypt(clientSecret, PURPOSE, id.toString());
    }

    boolean hasSecret() {
        return clientSecret != null;
    }

    void secret(String wanted, Encryption encryption) {
        clientSecret = wanted == null ? null : encryption.encrypt(wanted, PURPOSE, id.toString());
    }

    List<String> acrValues() {
        return words(acrValues);
    }

    Scope defaultScope() {
        return defaultRole == null ? null : new Scope(defaultTeamId, defaultProjectId, defaultServerId);
    }

    /** @param verifiedEmail in lower case, or null */
    boolean admits(String verifiedEmail) {
        List<String> domains = words(emailDomains);
        return domains.isEmpty()
                || verifiedEmail != null
                        && domains.contains(verifiedEmail
                                .substring(verifiedEmail.lastIndexOf('@') + 1)
                                .toLowerCase(Locale.ROOT));
    }

    boolean wantsVerifiedEmail() {
        return !words(emailDomains).isEmpty();
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}

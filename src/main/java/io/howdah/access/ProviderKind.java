package io.howdah.access;

import java.util.Locale;

/** Kinds of OpenID providers, for what is usual with each; how they are spoken to is the same. */
public enum ProviderKind {
    KEYCLOAK("https://id.example.org/realms/company", "profile email", "groups"),
    ENTRA_ID("https://login.microsoftonline.com/{tenant id}/v2.0", "profile email", "groups"),
    GOOGLE("https://accounts.google.com", "profile email", null),
    OTHER("https://id.example.org", "profile email", "groups");

    private final String issuer;
    private final String scopes;
    private final String groupsClaim;

    ProviderKind(String issuer, String scopes, String groupsClaim) {
        this.issuer = issuer;
        this.scopes = scopes;
        this.groupsClaim = groupsClaim;
    }

    /** What the issuer usually looks like. */
    public String exampleIssuer() {
        return issuer;
    }

    public String usualScopes() {
        return scopes;
    }

    /** Null for a provider that tells no groups. */
    public String usualGroupsClaim() {
        return groupsClaim;
    }

    /** The issuer of a tenant of Entra ID. */
    public static String ofTenant(String tenantId) {
        return "https://login.microsoftonline.com/" + tenantId.strip().toLowerCase(Locale.ROOT) + "/v2.0";
    }
}

package io.howdah.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a client asks the token endpoint for: {@code client_secret_basic} or {@code client_secret_post}, never both (RFC 6749
 * section 2.3.1).
 */
record TokenRequest(String clientId, String secret) {

    /** Azure's clients name what the token is for; ours is good for all of the management API. */
    private static final Set<String> SCOPES =
            Set.of("https://management.azure.com/.default", "https://management.core.windows.net//.default");

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String BASIC = "Basic ";
    private static final int MOST_BYTES = 8192;

    /** Why a request is refused, as RFC 6749 section 5.2 names it. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1;

        private final String error;

        Refused(String error, String description) {
            super(description);
            this.error = error;
        }

        String error() {
            return error;
        }
    }

    /** Only the body is read: what stands in an address is kept in logs on the way. */
    static TokenRequest of(HttpServletRequest request) throws Refused {
        String type = request.getContentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
            throw new Refused("invalid_request", "The body must be " + FORM + ".");
        }
        // Parameters are kept in memory until all of them have come.
        if (request.getContentLengthLong() < 0 || request.getContentLengthLong() > MOST_BYTES) {
            throw new Refused("invalid_request", "The body must say its length, of at most " + MOST_BYTES + " bytes.");
        }
        if (request.getQueryString() != null) {
            throw new Refused("invalid_request", "Parameters belong into the body, not into the address.");
        }
        Map<String, String[]> given = request.getParameterMap();
        if (given.values().stream().anyMatch(values -> values.length > 1)) {
            throw new Refused("invalid_request", "A parameter is there twice.");
        }
        String grant = request.getParameter("grant_type");
        if (grant == null) {
            throw new Refused("invalid_request", "grant_type is missing.");
        }
        TokenRequest asked = credentials(request);
        if (!grant.equals("client_credentials")) {
            throw new Refused("unsupported_grant_type", "Only client_credentials is given here.");
        }
        String scope = request.getParameter("scope");
        if (scope != null && !scope.isBlank() && !SCOPES.contains(scope.strip())) {
            throw new Refused("invalid_scope", "Only the scope https://management.azure.com/.default is known.");
        }
        return asked;
    }

    private static TokenRequest credentials(HttpServletRequest request) throws Refused {
        String header = request.getHeader("Authorization");
        String secret = request.getParameter("client_secret");
        if (header == null) {
            String id = request.getParameter("client_id");
            if (id == null || secret == null) {
                throw new Refused("invalid_client", "The client does not say who it is.");
            }
            return new TokenRequest(id, secret);
        }
        if (secret != null) {
            throw new Refused("invalid_request", "The client says twice who it is.");
        }
        String[] parts = header.regionMatches(true, 0, BASIC, 0, BASIC.length())
                ? decoded(header.substring(BASIC.length()).strip()).split(":", 2)
                : new String[0];
        if (parts.length < 2) {
            throw new Refused("invalid_client", "The header Authorization can't be read.");
        }
        return new TokenRequest(form(parts[0]), form(parts[1]));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    private static String form(String encoded) throws Refused {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            throw new Refused("invalid_client", "The header Authorization can't be read.");
        }
    }

    @Override
    public String toString() {
        return "TokenRequest[" + clientId.replaceAll("\\p{Cntrl}", " ") + "]";
    }
}

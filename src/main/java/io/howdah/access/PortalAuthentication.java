package io.howdah.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Set;

/**
 * Signs people in to the container: by the credential that the sign-in page hands over, afterwards from the session. The
 * session gets a new id at sign-in, so that one planted before is worth nothing. Requests of nobody pass: the portal
 * sends them to the sign-in page itself.
 */
@ApplicationScoped
public class PortalAuthentication implements HttpAuthenticationMechanism {

    private static final String NAME = PortalAuthentication.class.getName();

    @Inject
    private IdentityStoreHandler identityStores;

    @Inject
    private Sessions sessions;

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        Credential credential = context.getAuthParameters().getCredential();
        if (credential != null) {
            CredentialValidationResult result = identityStores.validate(credential);
            if (result.getStatus() != CredentialValidationResult.Status.VALID) {
                return AuthenticationStatus.SEND_FAILURE;
            }
            if (request.getSession(false) != null) {
                request.changeSessionId();
            }
            String name = result.getCallerPrincipal().getName();
            PortalSession.id(request.getSession()).ifPresent(sessions::end);
            request.getSession().setAttribute(NAME, name);
            request.getSession()
                    .setAttribute(
                            PortalSession.ID,
                            sessions.begin(name, request.getRemoteAddr(), request.getHeader("User-Agent")));
            // Without one, what an earlier sign-in left there goes.
            request.getSession()
                    .setAttribute(ProviderTie.ATTRIBUTE, credential instanceof ProviderCredential by ? by.tie() : null);
            return context.notifyContainerAboutLogin(result);
        }
        HttpSession session = request.getSession(false);
        Object name = session == null ? null : session.getAttribute(NAME);
        return name == null
                ? context.doNothing()
                : context.notifyContainerAboutLogin(name.toString(), Set.of(PeopleIdentityStore.SIGNED_IN));
    }
}

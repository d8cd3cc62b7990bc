package io.howdah.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/** Gives the container the people of the metadata database. What they may do is not the container's business. */
@ApplicationScoped
public class PeopleIdentityStore implements IdentityStore {

    static final String SIGNED_IN = "signed-in";

    @Inject
    private SignIn signIn;

    @Inject
    private ProviderSignIn providers;

    @Inject
    private HttpServletRequest request;

    @Override
    public CredentialValidationResult validate(Credential credential) {
        Optional<String> person =
                switch (credential) {
                    case PasskeyCredential key -> signIn.verify(key.ceremony(), key.answer(), request.getRemoteAddr());
                    case UsernamePasswordCredential given ->
                        signIn.verify(
                                given.getCaller(),
                                given.getPasswordAsString(),
                                given instanceof PasswordAndCode both ? both.code() : null,
                                request.getRemoteAddr());
                    case ProviderCredential by -> providers.verify(by, request.getRemoteAddr());
                    default -> null;
                };
        if (person == null) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        return person.map(name -> new CredentialValidationResult(name, Set.of(SIGNED_IN)))
                .orElse(CredentialValidationResult.INVALID_RESULT);
    }
}

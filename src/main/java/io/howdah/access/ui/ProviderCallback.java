package io.howdah.access.ui;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.IdentityService;
import io.howdah.access.PendingSignIn;
import io.howdah.access.ProviderCredential;
import io.howdah.access.ProviderDoor;
import io.howdah.access.SignIn;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;

/** Where a browser comes back to from a provider; it goes on to a page at once. */
@WebServlet(ProviderDoor.CALLBACK)
public class ProviderCallback extends HttpServlet {

    private static final String SIGN_IN = "/sign-in";
    private static final String SIGNING_IN = "/profile/sign-in";

    @Inject
    private transient ProviderDoor door;

    @Inject
    private transient IdentityService identities;

    @Inject
    private transient SignIn signIn;

    @Inject
    private transient SecurityContext security;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setHeader("Cache-Control", "no-store");
        PendingSignIn pending = new ProviderVisit(request.getSession(false)).takePending();
        boolean links = pending != null && pending.person() != null;
        String next;
        try {
            next = Callers.as(caller(request), () -> {
                ProviderCredential credential = door.finish(pending, request.getQueryString(), request.getRemoteAddr());
                if (links) {
                    identities.link(pending, credential);
                    return SIGNING_IN;
                }
                return enter(request, response, credential, pending.wanted());
            });
        } catch (ProblemException refused) {
            new ProviderVisit(request.getSession()).refuse(refused.problem());
            next = links ? SIGNING_IN : SIGN_IN;
        }
        response.sendRedirect(next);
    }

    private String enter(
            HttpServletRequest request, HttpServletResponse response, ProviderCredential credential, String wanted) {
        // What was known of the session before, its id and its CSRF token, is worth nothing from here on.
        HttpSession before = request.getSession(false);
        if (before != null) {
            before.invalidate();
        }
        AuthenticationStatus status = security.authenticate(
                request, response, AuthenticationParameters.withParams().credential(credential));
        if (status == AuthenticationStatus.SUCCESS) {
            // A page of the portal, however its address begins.
            return "/" + (wanted == null ? "" : wanted.replaceFirst("^[/\\\\]+", ""));
        }
        Problem why = signIn.refusal().orElseGet(() -> Problem.of(ProblemCode.SignInFailed));
        ProviderVisit visit = new ProviderVisit(request.getSession());
        if (why.code() == ProblemCode.SecondFactorNeeded) {
            visit.await(credential);
        } else {
            visit.refuse(why);
        }
        return SIGN_IN;
    }

    private Caller caller(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal == null
                ? null
                : signIn.callerOf(principal.getName(), request.getRemoteAddr()).orElse(null);
    }
}

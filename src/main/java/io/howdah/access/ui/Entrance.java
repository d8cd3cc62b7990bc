package io.howdah.access.ui;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.auth.AccessCheckResult;
import com.vaadin.flow.server.auth.DefaultAccessCheckDecisionResolver;
import com.vaadin.flow.server.auth.NavigationAccessChecker;
import com.vaadin.flow.server.auth.NavigationAccessControl;
import com.vaadin.flow.server.auth.NavigationContext;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.Principal;
import java.util.List;
import java.util.Set;

/**
 * How the portal is entered: nobody sees a page before signing in but the two pages that lead there, and goes on to the
 * address they wanted afterwards. What a person may do on a page is the services' matter.
 */
@ApplicationScoped
public class Entrance {

    private static final Set<Class<?>> OPEN = Set.of(SignInView.class, WelcomeView.class);

    void open(@Observes ServiceInitEvent event) {
        NavigationAccessControl control = new SignedInOnly();
        control.setLoginView(SignInView.class);
        event.getSource().addUIInitListener(init -> init.getUI().addBeforeEnterListener(control));
    }

    private static final class SignedInOnly extends NavigationAccessControl {

        SignedInOnly() {
            super(List.of((NavigationAccessChecker) SignedInOnly::check), new DefaultAccessCheckDecisionResolver());
        }

        private static AccessCheckResult check(NavigationContext context) {
            boolean open = OPEN.contains(context.getNavigationTarget()) || context.getPrincipal() != null;
            return open ? context.allow() : context.deny("not signed in");
        }

        /** The caller rather than the container's principal: who has been disabled since is nobody any more. */
        @Override
        protected Principal getPrincipal(VaadinRequest request) {
            return Callers.find()
                    .map(Caller::name)
                    .<Principal>map(name -> () -> name)
                    .orElse(null);
        }
    }
}

package io.howdah.access;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Tells a program who it is here: which token it shows, in whose name, and what that is worth just now. */
@Stateless
public class TokenIdentities {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Grants grants;

    /** Of a caller who came by a token. */
    public TokenIdentity mine() {
        Caller caller = Callers.current();
        AccessToken token = entities.find(AccessToken.class, caller.token().id());
        Person holder = entities.find(Person.class, caller.personId());
        List<AssignmentView> roles = caller.token().narrowed()
                ? grants.ofTokens().entrySet().stream()
                        .filter(entry -> entry.getKey().equals(token.id))
                        .map(entry -> entry.getValue())
                        .toList()
                : grants.ofPeople().getOrDefault(holder.id, List.of());
        return new TokenIdentity(
                caller.name(),
                holder.kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                token.name,
                token.endsAt.toString(),
                roles.stream().map(this::grant).toList());
    }

    private TokenIdentity.Grant grant(AssignmentView role) {
        Set<String> permissions = new TreeSet<>(grants.actions(role.role()));
        permissions.retainAll(access.held(role.scope()));
        permissions.remove(Permission.PROFILE_WRITE.action());
        return new TokenIdentity.Grant(role.role(), role.scope().isInstallation() ? null : role.place(), permissions);
    }
}

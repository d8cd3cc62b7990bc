package io.howdah.container;

import io.howdah.access.AccessService;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.OneTimeLink;
import io.howdah.access.Scope;
import io.howdah.access.SignIn;
import io.howdah.shared.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The people that tests act as. */
public final class People {

    public static final String PASSWORD = "Tall-Elephants-9-march";

    /** An address of the range that documentation may use. */
    public static final String ADDRESS = "203.0.113.9";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private People() {}

    /** A name that nothing else has in this run. */
    public static String unique(String stem) {
        return stem + "-" + Ids.correlation().substring(0, 6) + NUMBER.incrementAndGet();
    }

    /** The same person in another request. */
    public static Caller again(Caller caller) {
        return new Caller(caller.personId(), caller.name(), caller.address(), Ids.correlation());
    }

    public static Caller caller(String name) {
        return Container.bean(SignIn.class).callerOf(name, ADDRESS).orElseThrow();
    }

    /** An owner of the whole installation; the first administrator when there is nobody yet. */
    public static Caller administrator() {
        if (Container.bean(SignIn.class).awaitsFirstAdministrator()) {
            Container.bean(SignIn.class).acceptLink(firstCode(), "root-" + Ids.correlation(), null, PASSWORD);
        }
        List<Map<String, Object>> owners = Metadata.rows("""
                select p.id, p.name from person p join assignment a on a.person_id = p.id
                where a.role = 'Owner' and a.team_id is null and not p.disabled order by p.created_at limit 1""");
        return new Caller(
                (UUID) owners.get(0).get("id"), (String) owners.get(0).get("name"), ADDRESS, Ids.correlation());
    }

    public static String firstCode() {
        try {
            return Files.readString(Metadata.home().resolve("secrets/first-administrator"))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static UUID team(String stem) {
        return Callers.as(administrator(), () -> Container.bean(AccessService.class)
                .createTeam(unique(stem))
                .id());
    }

    /** Somebody new with that role, who has not yet set a password: checking one takes long, as it should. */
    public static Caller member(String role, UUID teamId) {
        return member(role, scope(teamId));
    }

    public static Caller member(String role, Scope scope) {
        return caller(invited(role, scope).personName());
    }

    /** Somebody new with that role, who has set {@link #PASSWORD}. */
    public static Caller memberWithPassword(String role, UUID teamId) {
        OneTimeLink link = invited(role, scope(teamId));
        Container.bean(SignIn.class).acceptLink(link.code(), null, null, PASSWORD);
        return caller(link.personName());
    }

    private static OneTimeLink invited(String role, Scope scope) {
        String name = unique(role.toLowerCase(Locale.ROOT).replace(' ', '-'));
        return Callers.as(
                administrator(), () -> Container.bean(AccessService.class).invite(name, null, role, scope));
    }

    private static Scope scope(UUID teamId) {
        return teamId == null ? Scope.INSTALLATION : Scope.team(teamId);
    }
}

package io.howdah.access;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** One's own profile: the name that others see, the theme, the time zone and the language. */
@Stateless
public class ProfileService {

    private static final String BROWSERS = "browser";

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    public Profile mine() {
        Person person = person(access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null));
        return new Profile(person.displayName, person.theme, person.timeZone, person.language);
    }

    /**
     * Changes what differs from now.
     *
     * @throws io.howdah.shared.ProblemException DisplayNameInvalid, TimeZoneUnknown
     */
    public void change(Profile wanted) {
        Person person = person(Callers.current());
        // What stands there may be older than the rules, or came from a provider; it is no reason to refuse the rest.
        String name = Objects.equals(wanted.displayName(), person.displayName)
                ? person.displayName
                : DisplayNames.check(wanted.displayName(), person.name);
        String zone = Objects.equals(wanted.timeZone(), person.timeZone) ? person.timeZone : zone(wanted.timeZone());
        Map<String, String> changes = new TreeMap<>();
        note(changes, "displayName", person.displayName, name);
        note(changes, "theme", person.theme, wanted.theme());
        note(changes, "timeZone", person.timeZone, zone);
        note(changes, "language", person.language, wanted.language());
        access.change(
                Permission.PROFILE_WRITE,
                Scope.INSTALLATION,
                new Target("person", person.id, person.name),
                changes.isEmpty() ? Map.of("profile", "unchanged") : changes);
        person.displayName = name;
        person.theme = wanted.theme();
        person.timeZone = zone;
        person.language = wanted.language();
    }

    private static void note(Map<String, String> changes, String what, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            changes.put(what, Objects.toString(before, BROWSERS) + " → " + Objects.toString(after, BROWSERS));
        }
    }

    private static String zone(String name) {
        if (name == null || name.isBlank()) {
            return null;
        }
        String wanted = name.strip();
        // Not what Java takes besides, such as "+05:00": no browser tells the time by all of that.
        if (!ZoneId.getAvailableZoneIds().contains(wanted)) {
            throw Problem.of(ProblemCode.TimeZoneUnknown, wanted).at("timeZone").raise();
        }
        return wanted;
    }

    private Person person(Caller caller) {
        return entities.find(Person.class, caller.personId());
    }
}

package io.howdah.access;

import static io.howdah.container.Container.refused;
import static io.howdah.container.People.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.shared.Ids;
import io.howdah.shared.ProblemCode;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Being signed in to the portal, as all nodes know it. */
@ExtendWith(ArquillianExtension.class)
class SessionsIT {

    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0";

    @Inject
    private Sessions sessions;

    @Inject
    private SessionService service;

    @Inject
    private AccessService access;

    @Test
    void aCookieIsWorthNothingOnceItsSessionHasEnded() {
        Caller person = member();
        UUID id = sessions.begin(person.name(), ADDRESS, FIREFOX);
        assertThat(sessions.use(id, person.name(), ADDRESS)).isTrue();
        assertThat(sessions.use(id, member().name(), ADDRESS)).isFalse();
        assertThat(sessions.use(Ids.random(), person.name(), ADDRESS)).isFalse();
        assertThat(Callers.as(person, service::mine)).singleElement().satisfies(session -> {
            assertThat(session.id()).isEqualTo(id);
            assertThat(session.address()).isEqualTo(ADDRESS);
            assertThat(session.browser()).isEqualTo("Firefox 141");
        });

        Callers.as(People.again(person), () -> service.end(id));

        assertThat(sessions.use(id, person.name(), ADDRESS)).isFalse();
        assertThat(sessions.ended(Set.of(id))).containsExactly(id);
        assertThat(Metadata.count(
                        "audit_record where target_id = ? and action = 'profile/write' and details like '%Firefox 141%'",
                        person.personId()))
                .isEqualTo(1);
        assertThat(refused(person, () -> service.end(id)).code()).isEqualTo(ProblemCode.NotFound);
    }

    @Test
    void allOthersEndAndThisOneGoesOn() {
        Caller person = member();
        UUID here = sessions.begin(person.name(), ADDRESS, FIREFOX);
        UUID there = sessions.begin(person.name(), "203.0.113.10", "curl/8.14.1");
        UUID ofAnother = sessions.begin(member().name(), ADDRESS, FIREFOX);
        Callers.as(person, () -> service.endOthers(here));
        assertThat(sessions.ended(Set.of(here, there, ofAnother))).containsExactly(there);
    }

    @Test
    void whoIsDisabledSignedOutOrGivenANewPasswordIsSignedInNowhere() {
        Caller owner = People.administrator();
        everythingEnds(person -> access.disable(person.personId()), owner);
        everythingEnds(person -> access.endSessions(person.personId()), owner);
        everythingEnds(
                person -> Container.bean(SignIn.class)
                        .acceptLink(access.newLink(person.personId()).code(), null, null, People.PASSWORD),
                owner);
    }

    private void everythingEnds(Consumer<Caller> act, Caller owner) {
        Caller person = member();
        UUID id = sessions.begin(person.name(), ADDRESS, FIREFOX);
        Callers.as(People.again(owner), () -> act.accept(person));
        assertThat(sessions.use(id, person.name(), ADDRESS)).isFalse();
    }

    @Test
    void aUseIsRememberedAndASessionThatIsNotUsedEndsByItself() {
        Caller person = member();
        UUID id = sessions.begin(person.name(), ADDRESS, null);
        Metadata.change("update portal_session set last_used_at = now() - interval '5 minutes' where id = ?", id);
        assertThat(sessions.use(id, person.name(), "203.0.113.10")).isTrue();
        assertThat(Metadata.count(
                        "portal_session where id = ? and address = '203.0.113.10' and last_used_at > now() - interval '1 minute'",
                        id))
                .isEqualTo(1);

        Metadata.change("update portal_session set last_used_at = now() - interval '36 minutes' where id = ?", id);

        assertThat(sessions.use(id, person.name(), ADDRESS)).isFalse();
        assertThat(Callers.as(person, service::mine)).isEmpty();
    }

    private static Caller member() {
        return People.member("Reader", Scope.INSTALLATION);
    }
}

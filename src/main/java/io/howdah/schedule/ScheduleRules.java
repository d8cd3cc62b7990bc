package io.howdah.schedule;

import io.howdah.operation.Subject;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** What a schedule must be like. */
@ApplicationScoped
class ScheduleRules {

    static final int MAX_NAME = 80;
    static final int MAX_SCHEDULES = 50;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Actions actions;

    @Inject
    private Clock clock;

    /** The first rule that the draft breaks by itself. */
    Optional<Problem> check(ScheduleDraft draft) {
        return name(draft.name())
                .or(() -> action(draft))
                .or(() -> draft.timing() == null ? missing("A timetable", "timetable") : timing(draft))
                .or(() -> draft.misfire() == null
                        ? missing(Messages.text("schedule.missing.misfire"), "misfire")
                        : none())
                .or(() -> draft.whenStopped() == null
                        ? missing(Messages.text("schedule.missing.whenStopped"), "whenStopped")
                        : none());
    }

    /**
     * What forbids it beside the server's other schedules.
     *
     * @param replaces the schedule whose place it takes, or null
     */
    Optional<Problem> checkPlace(Subject server, UUID replaces, String name) {
        String wanted = name.strip();
        boolean taken = entities
                .createQuery(
                        "select s.id from Schedule s where s.serverId = :server and lower(s.name) = lower(:name)",
                        UUID.class)
                .setParameter("server", server.id())
                .setParameter("name", wanted)
                .getResultList()
                .stream()
                .anyMatch(id -> !id.equals(replaces));
        if (taken) {
            return Optional.of(Problem.of(ProblemCode.ScheduleNameTaken, wanted, server.name())
                    .at("name"));
        }
        return replaces == null && count(server.id()) >= MAX_SCHEDULES
                ? Optional.of(Problem.of(ProblemCode.TooManySchedules, server.name(), MAX_SCHEDULES))
                : none();
    }

    private long count(UUID serverId) {
        return entities.createQuery("select count(s) from Schedule s where s.serverId = :server", Long.class)
                .setParameter("server", serverId)
                .getSingleResult();
    }

    private static Optional<Problem> name(String name) {
        String text = name == null ? "" : name.strip();
        boolean wrong =
                text.isEmpty() || text.length() > MAX_NAME || text.chars().anyMatch(Character::isISOControl);
        return wrong
                ? Optional.of(
                        Problem.of(ProblemCode.ScheduleNameInvalid, MAX_NAME).at("name"))
                : none();
    }

    private Optional<Problem> action(ScheduleDraft draft) {
        Optional<ScheduledAction> action = actions.find(String.valueOf(draft.action()));
        if (action.isEmpty()) {
            return Optional.of(Problem.of(ProblemCode.ScheduleActionUnknown, String.valueOf(draft.action()))
                    .at("action"));
        }
        for (ActionArgument argument : action.get().arguments()) {
            String value = draft.arguments().get(argument.name());
            if (argument.required() && (value == null || value.isBlank())) {
                return missing(Actions.argumentTitle(argument.name()), argument.name());
            }
        }
        return action.get().check(draft.serverId(), draft.arguments());
    }

    private Optional<Problem> timing(ScheduleDraft draft) {
        return draft.timing().check(clock.instant());
    }

    private static Optional<Problem> missing(String what, String field) {
        return Optional.of(Problem.of(ProblemCode.Required, what).at(field));
    }

    private static Optional<Problem> none() {
        return Optional.empty();
    }
}

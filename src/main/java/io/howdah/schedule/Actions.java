package io.howdah.schedule;

import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the features offer to be put on a timetable. */
@ApplicationScoped
class Actions {

    private List<ScheduledAction> offered;

    /** For the proxy. */
    Actions() {}

    @Inject
    Actions(@Any Instance<ScheduledAction> all) {
        offered = all.stream()
                .sorted(Comparator.comparing(action -> title(action.code())))
                .toList();
    }

    /** In the order of their titles. */
    List<ScheduledAction> all() {
        return offered;
    }

    Optional<ScheduledAction> find(String code) {
        return offered.stream().filter(action -> action.code().equals(code)).findFirst();
    }

    /** @throws io.howdah.shared.ProblemException ScheduleActionUnknown */
    ScheduledAction of(String code) {
        return find(code).orElseThrow(() -> Problem.of(ProblemCode.ScheduleActionUnknown, String.valueOf(code))
                .at("action")
                .raise());
    }

    static String title(String code) {
        return Messages.has("schedule.action." + code) ? Messages.text("schedule.action." + code) : code;
    }

    static String argumentTitle(String name) {
        return Messages.has("schedule.argument." + name) ? Messages.text("schedule.argument." + name) : name;
    }
}

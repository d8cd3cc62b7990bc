package io.howdah.schedule;

import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.shared.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Something people may put on a timetable for a server. Features offer them as beans; nothing in this package or its
 * screens knows which there are.
 */
public interface ScheduledAction {

    /** What the action does to whether the server runs; from this the hours it runs in a week are foretold. */
    enum Effect {
        STARTS,
        STOPS,
        NONE
    }

    /** Stable, e.g. {@code server-start}. Its title stands in the messages under {@code schedule.action.<code>}. */
    String code();

    /**
     * What its creator must hold in the server's team, besides {@link Permission#SCHEDULES_WRITE}. It is asked again, of
     * the person in whose name the schedule runs, at each run.
     */
    Permission permission();

    /** What may be filled in. */
    List<ActionArgument> arguments();

    /** The first rule that the arguments break, with the argument's name as its field. */
    Optional<Problem> check(UUID serverId, Map<String, String> arguments);

    /** Whether it can do nothing on a stopped server; then {@link WhenStopped} matters. */
    boolean needsRunningServer();

    default Effect effect() {
        return Effect.NONE;
    }

    /** Whether there is nothing to do now, such as starting a server that runs. The run is skipped then. */
    boolean idle(UUID serverId);

    /** The same, where it takes a look at what was filled in. */
    default boolean idle(UUID serverId, Map<String, String> arguments) {
        return idle(serverId);
    }

    /**
     * Begins the action's operation in the running transaction. With {@link WhenStopped#START_FIRST} the operation that
     * starts the server may still stand before it in the server's line.
     *
     * @return the operation's id
     * @throws io.howdah.shared.ProblemException when it can't begin; the run has failed then
     */
    UUID begin(UUID serverId, Map<String, String> arguments, Caller caller, UUID runId);

    /** The text kept of a run, such as the output of SQL, or null. */
    default String output(UUID operationId) {
        return null;
    }
}

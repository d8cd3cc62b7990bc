package io.howdah.cluster;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.audit.AuditFilter;
import io.howdah.audit.AuditResult;
import io.howdah.audit.AuditService;
import io.howdah.container.Container;
import io.howdah.container.People;
import io.howdah.container.Wanted;
import io.howdah.schedule.Misfire;
import io.howdah.schedule.ScheduleDraft;
import io.howdah.schedule.ScheduleService;
import io.howdah.schedule.Timekeeper;
import io.howdah.schedule.Timetable;
import io.howdah.schedule.Timing;
import io.howdah.schedule.WhenStopped;
import io.howdah.server.ServerDraft;
import io.howdah.server.ServerService;
import io.howdah.shared.ProblemException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * How a test outside asks a node's services for something: {@code POST /cluster/<act>?…}. Answers the operation's id, or
 * the problem's code with status 409. Acts: {@code person} (answers "person team"), {@code create} (name), {@code start},
 * {@code stop}, {@code restart} (server), {@code schedule} (server; restarts it daily; answers the schedule's id), {@code
 * mend} (looks after Quartz's triggers, as the product does every minute), {@code search} (the audit log, by the fields of
 * its filter; answers the milliseconds that took, and how much was found).
 */
@WebServlet("/cluster/*")
public class ClusterDoor extends HttpServlet {

    private static final Map<String, Caller> CALLERS = new ConcurrentHashMap<>();

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        try {
            response.getWriter().print(answer(request));
        } catch (ProblemException e) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            response.getWriter().print(e.problem().code().name());
        }
    }

    private static String answer(HttpServletRequest request) {
        String act = request.getPathInfo().substring(1);
        if (act.equals("person")) {
            UUID team = People.team("Fleet");
            return People.member("Owner", team).name() + " " + team;
        }
        if (act.equals("mend")) {
            Container.bean(Timekeeper.class).mend();
            return "";
        }
        if (act.equals("search")) {
            return Callers.as(People.again(administrator()), () -> search(request));
        }
        Caller caller = caller(request.getParameter("as"));
        ServerService servers = Container.bean(ServerService.class);
        return Callers.as(caller, () -> switch (act) {
            case "create" ->
                ClusterParts.onThisHost(request.getParameter("name"), () -> servers.create(draft(request))
                        .toString());
            case "start" -> servers.start(server(request)).toString();
            case "stop" -> servers.stop(server(request)).toString();
            case "restart" -> servers.restart(server(request)).toString();
            case "schedule" ->
                Container.bean(ScheduleService.class)
                        .create(daily(server(request)))
                        .toString();
            default -> throw new IllegalArgumentException(act);
        });
    }

    /** A portal knows who is signed in without asking the database at each click. */
    private static Caller caller(String name) {
        return People.again(CALLERS.computeIfAbsent(name, People::caller));
    }

    private static Caller administrator() {
        return CALLERS.computeIfAbsent("the administrator", any -> People.administrator());
    }

    private static String search(HttpServletRequest request) {
        AuditService audit = Container.bean(AuditService.class);
        AuditFilter filter = new AuditFilter(
                request.getParameter("text"),
                request.getParameter("actor"),
                request.getParameter("action"),
                given(request, "target", UUID::fromString),
                given(request, "result", AuditResult::valueOf),
                request.getParameter("correlation"),
                given(request, "from", Instant::parse),
                given(request, "to", Instant::parse));
        long before =
                Optional.ofNullable(given(request, "before", Long::valueOf)).orElse(Long.MAX_VALUE);
        long begun = System.nanoTime();
        int found = request.getParameter("words") == null
                ? audit.list(filter, before, 50).size()
                : audit.actors().size() + audit.actions().size();
        return (System.nanoTime() - begun) / 1e6 + " " + found;
    }

    private static <T> T given(HttpServletRequest request, String name, Function<String, T> read) {
        return Optional.ofNullable(request.getParameter(name)).map(read).orElse(null);
    }

    private static UUID server(HttpServletRequest request) {
        return UUID.fromString(request.getParameter("server"));
    }

    private static ScheduleDraft daily(UUID server) {
        Timing timing = new Timing(new Timetable.Daily(LocalTime.NOON), ZoneOffset.UTC, null, null);
        return new ScheduleDraft(
                server, "daily", "server-restart", Map.of(), timing, Misfire.SKIP, WhenStopped.SKIP, Set.of());
    }

    private static ServerDraft draft(HttpServletRequest request) {
        return Wanted.usual(People.caller(request.getParameter("as")), UUID.fromString(request.getParameter("team")))
                .with("name", request.getParameter("name"))
                .draft();
    }
}

package io.howdah.access;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Explains permissions by the assignments they come from: "why may I?" and "who may?". */
@Stateless
public class ExplanationService {

    private static final String AT = """
            select g.action, g.person_name, g.role, g.team_id, g.project_id, g.server_id, g.ends_at, p.name as group_name
            from grant_in_force g left join person_group p on p.id = g.group_id
            where (g.team_id is null
                   or g.team_id = cast(? as uuid) and g.project_id is null and g.server_id is null
                   or g.project_id = cast(? as uuid)
                   or g.project_id = (select project_id from server where id = cast(? as uuid))
                   or g.server_id = cast(? as uuid))
              and %s order by lower(g.person_name), g.action, g.role""";

    private static final String MINE = AT.formatted("g.person_id = ?");
    private static final String WHO = AT.formatted("g.action = ?");

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private Access access;

    @Inject
    private Places places;

    /** Where the caller holds any reading permission, which is where they can ask. */
    public List<PlaceView> places() {
        return places.within(access.reach(Permission.SERVERS_READ));
    }

    /** All that the caller may do at the scope, each by each assignment that lets them. */
    public List<GrantView> whyMayI(Scope scope) {
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null);
        requirePlace(scope);
        return grants(MINE, scope, me.personId());
    }

    /** Everybody who may do it at the scope, by each assignment that lets them. */
    public List<GrantView> whoMay(Permission permission, Scope scope) {
        PlaceView place = requirePlace(scope);
        access.permit(Permission.ACCESS_READ, scope, new Target("place", null, String.valueOf(place.path())));
        return grants(WHO, scope, permission.action());
    }

    /** What the caller may not see anything of is not there for them. */
    private PlaceView requirePlace(Scope scope) {
        PlaceView place = places.require(Permission.SERVERS_READ, scope);
        if (!access.sees(Permission.SERVERS_READ, scope, new Target("place", null, String.valueOf(place.path())))) {
            throw Problem.of(ProblemCode.NotFound, "place", "").raise();
        }
        return place;
    }

    private List<GrantView> grants(String statement, Scope scope, Object of) {
        Map<Scope, PlaceView> there = places.all();
        return Sql.rows(
                dataSource,
                statement,
                row -> {
                    PlaceView place = there.get(
                            new Scope(Sql.id(row, "team_id"), Sql.id(row, "project_id"), Sql.id(row, "server_id")));
                    return new GrantView(
                            row.getString("action"),
                            row.getString("person_name"),
                            row.getString("role"),
                            place == null ? null : place.path(),
                            row.getString("group_name"),
                            Sql.instant(row, "ends_at"));
                },
                scope.teamId(),
                scope.projectId(),
                scope.serverId(),
                scope.serverId(),
                of);
    }
}

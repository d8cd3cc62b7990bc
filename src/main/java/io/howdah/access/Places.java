package io.howdah.access;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** All scopes there are: the installation, its teams, their projects and servers, each after the one it lies in. */
@Dependent
class Places {

    private static final String ALL = """
            select id as team_id, null::uuid as project_id, null::uuid as server_id, name,
                   name as path, lower(name) as team, '' as project
            from team
            union all
            select p.team_id, p.id, null, p.name, t.name || ' / ' || p.name, lower(t.name), ' ' || lower(p.name)
            from project p join team t on t.id = p.team_id
            union all
            select s.team_id, null, s.id, s.name, t.name || ' / ' || p.name || ' / ' || s.name,
                   lower(t.name), ' ' || lower(p.name) || ' / ' || lower(s.name)
            from server s join project p on p.id = s.project_id join team t on t.id = s.team_id
            where s.deleted_at is null
            order by team, project""";

    private static final PlaceView INSTALLATION = new PlaceView(Scope.INSTALLATION, null, null);

    @Inject
    private Access access;

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    /** Those within the reach; the installation first. */
    List<PlaceView> within(Reach reach) {
        List<PlaceView> places = Sql.rows(
                dataSource,
                ALL,
                row -> new PlaceView(
                        new Scope(Sql.id(row, "team_id"), Sql.id(row, "project_id"), Sql.id(row, "server_id")),
                        row.getString("name"),
                        row.getString("path")));
        return Stream.concat(Stream.of(INSTALLATION), places.stream())
                .filter(place -> reach.includes(place.scope()))
                .toList();
    }

    Map<Scope, PlaceView> all() {
        return within(Reach.EVERYWHERE).stream().collect(Collectors.toMap(PlaceView::scope, Function.identity()));
    }

    /**
     * The place, for something that is wanted there.
     *
     * @throws io.howdah.shared.ProblemException NotFound when there is no such place, or the caller may do nothing there
     */
    PlaceView require(Permission wanted, Scope scope) {
        PlaceView place = scope == null ? null : all().get(scope);
        if (place == null
                || !scope.isInstallation()
                        && !access.seesPlace(wanted, scope, new Target("place", null, place.path()))) {
            UUID id = scope == null
                    ? null
                    : scope.serverId() != null
                            ? scope.serverId()
                            : scope.projectId() != null ? scope.projectId() : scope.teamId();
            throw Problem.of(ProblemCode.NotFound, "place", String.valueOf(id))
                    .at("place")
                    .raise();
        }
        return place;
    }
}

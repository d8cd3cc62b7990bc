package io.howdah;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A person for each ready-made role, who signs in with the administrator's password. */
final class RolesOnScreen {

    private static final String FIRST =
            "select name, team_id from server where deleted_at is null and state = 'READY' order by created_at limit 1";

    private final Installation installation;

    RolesOnScreen(Installation installation) {
        this.installation = installation;
    }

    static String nameOf(String role, boolean everywhere) {
        return (everywhere ? "whole-" : "") + role.toLowerCase(Locale.ROOT).replace(' ', '-') + "@example.org";
    }

    /** A server that is there, or a new one. */
    String server(Visitor administrator) throws SQLException {
        try (Connection metadata = installation.metadata();
                Statement query = metadata.createStatement();
                ResultSet rows = query.executeQuery(FIRST)) {
            if (rows.next()) {
                return rows.getString("name");
            }
        }
        administrator.createServer("roles-db");
        return "roles-db";
    }

    /** The id of the team that they are in. */
    String team() throws SQLException {
        try (Connection metadata = installation.metadata();
                Statement query = metadata.createStatement();
                ResultSet rows = query.executeQuery(FIRST)) {
            rows.next();
            return rows.getString("team_id");
        }
    }

    /**
     * Makes those who are not there yet.
     *
     * @param everywhere whether they have their role in the installation, and not in the team of the server alone
     * @return the roles, in their order
     */
    List<String> make(boolean everywhere) throws SQLException {
        List<String> roles = new ArrayList<>();
        try (Connection metadata = installation.metadata();
                Statement query = metadata.createStatement();
                ResultSet rows = query.executeQuery("select name from role where ready_made order by position")) {
            while (rows.next()) {
                roles.add(rows.getString(1));
            }
            for (String role : roles) {
                make(metadata, role, everywhere);
            }
        }
        return roles;
    }

    private static void make(Connection metadata, String role, boolean everywhere) throws SQLException {
        try (PreparedStatement person = metadata.prepareStatement("""
                insert into person (id, name, display_name, password_hash, created_at, version)
                select gen_random_uuid(), ?, ?, password_hash, now(), 1 from person where name = ?
                on conflict do nothing""");
                PreparedStatement assignment = metadata.prepareStatement("""
                insert into assignment (id, person_id, role, team_id, created_at)
                select gen_random_uuid(), p.id, ?, case when ? then null else t.id end, now()
                from person p, (%s) s join team t on t.id = s.team_id
                where p.name = ? on conflict do nothing""".formatted(FIRST))) {
            person.setString(1, nameOf(role, everywhere));
            person.setString(2, role);
            person.setString(3, Installation.ADMINISTRATOR);
            person.executeUpdate();
            assignment.setString(1, role);
            assignment.setBoolean(2, everywhere);
            assignment.setString(3, nameOf(role, everywhere));
            assignment.executeUpdate();
        }
    }

    Set<String> actionsOf(String role) throws SQLException {
        Set<String> actions = new HashSet<>();
        try (Connection metadata = installation.metadata();
                PreparedStatement query =
                        metadata.prepareStatement("select action from role_permission where role = ?")) {
            query.setString(1, role);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    actions.add(rows.getString(1));
                }
            }
        }
        return actions;
    }
}

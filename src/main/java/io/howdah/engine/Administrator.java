package io.howdah.engine;

/**
 * The role its owner signs in with: LOGIN, CREATEDB, CREATEROLE, REPLICATION, member of the admin group, no superuser.
 *
 * @param login the role's name
 * @param verifier a SCRAM-SHA-256 verifier as PostgreSQL stores it ({@code SCRAM-SHA-256$…}); never the password
 */
public record Administrator(String login, String verifier) {

    @Override
    public String toString() {
        return "Administrator[" + login + "]";
    }
}

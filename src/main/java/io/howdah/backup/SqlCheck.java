package io.howdah.backup;

/**
 * What somebody expects of a restored server: a query whose first row begins with true, such as
 * {@code SELECT count(*) > 0 FROM orders}.
 */
public record SqlCheck(String name, String database, String query) {

    /** Queries may hold secrets: they stand in no log. */
    @Override
    public String toString() {
        return name + " in " + database;
    }
}

package io.howdah.engine;

import java.util.List;

/**
 * What is to be brought out of a copy of a server into the server itself.
 *
 * @param from the copy, a server of the same place that runs and is thrown away afterwards: it may be rearranged
 * @param database of the copy
 * @param tables of that database, or none for all of it
 * @param into the database it goes to: a new one for all of a database, one that exists for tables
 * @param schema of that database, for tables; else null
 * @param existing whether the schema is there and the tables come to what it holds; else it is made for them
 * @param role does it and owns what it makes: a role that may sign in, no superuser
 */
public record LoadTask(
        ServerKey from,
        String database,
        List<TableName> tables,
        String into,
        String schema,
        boolean existing,
        String role) {

    public LoadTask {
        tables = List.copyOf(tables);
    }

    public boolean whole() {
        return tables.isEmpty();
    }
}

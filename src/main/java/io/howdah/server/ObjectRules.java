package io.howdah.server;

import io.howdah.engine.BackupEngine;
import io.howdah.engine.DatabaseInfo;
import io.howdah.engine.Engine;
import io.howdah.engine.SchemaInfo;
import io.howdah.engine.ServerKey;
import io.howdah.engine.TableName;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What may be brought back, and where to: only beside what is there, never in place of it. */
final class ObjectRules {

    static final int MOST_TABLES = 500;

    private static final Pattern SCHEMA = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Set<String> RESERVED = Set.of("public", "information_schema");

    private ObjectRules() {}

    static Optional<Problem> check(Looks.Objects objects) {
        if (objects.database() == null || objects.database().isBlank()) {
            return Optional.of(Problem.of(ProblemCode.Required, "database").at("database"));
        }
        return objects.schema() == null
                ? Rules.database(objects.into()).map(problem -> problem.at("into"))
                : checkTables(objects);
    }

    private static Optional<Problem> checkTables(Looks.Objects objects) {
        if (objects.into() == null || objects.into().isBlank()) {
            return Optional.of(Problem.of(ProblemCode.Required, "into").at("into"));
        }
        if (objects.tables().isEmpty()) {
            return Optional.of(Problem.of(ProblemCode.Required, "tables").at("tables"));
        }
        if (objects.tables().size() > MOST_TABLES) {
            return Optional.of(
                    Problem.of(ProblemCode.TooManyTables, MOST_TABLES).at("tables"));
        }
        Set<String> names = new HashSet<>();
        for (TableName table : objects.tables()) {
            if (!names.add(table.name())) {
                return Optional.of(
                        Problem.of(ProblemCode.TableNamesClash, table.name()).at("tables"));
            }
        }
        return objects.existing() ? checkExisting(objects.schema()) : checkFresh(objects.schema());
    }

    private static Optional<Problem> checkExisting(String schema) {
        return schema.isBlank()
                ? Optional.of(Problem.of(ProblemCode.Required, "schema").at("schema"))
                : Optional.empty();
    }

    private static Optional<Problem> checkFresh(String schema) {
        boolean bad = !SCHEMA.matcher(schema).matches()
                || RESERVED.contains(schema.toLowerCase(Locale.ROOT))
                || schema.toLowerCase(Locale.ROOT).matches("(pg|howdah)_.*");
        return bad ? Optional.of(Problem.of(ProblemCode.SchemaNameInvalid).at("schema")) : Optional.empty();
    }

    static Optional<Problem> checkThere(Engine engine, ServerKey key, Looks.Objects objects) {
        boolean there = engine.databases(key).stream().map(DatabaseInfo::name).anyMatch(objects.into()::equals);
        if (objects.schema() == null) {
            return there
                    ? Optional.of(Problem.of(ProblemCode.DatabaseExists, objects.into())
                            .at("into"))
                    : Optional.empty();
        }
        if (!there) {
            return Optional.of(
                    Problem.of(ProblemCode.DatabaseNotFound, objects.into()).at("into"));
        }
        BackupEngine backups = RestoreSteps.backups(engine);
        Optional<SchemaInfo> schema = backups.schemas(key, objects.into(), objects.role()).stream()
                .filter(found -> found.name().equals(objects.schema()))
                .findFirst();
        if (!objects.existing()) {
            return schema.map(found -> problem(ProblemCode.SchemaExists, objects));
        }
        if (schema.isEmpty()) {
            return Optional.of(problem(ProblemCode.SchemaNotFound, objects));
        }
        if (!schema.get().open()) {
            return Optional.of(problem(ProblemCode.SchemaNotAllowed, objects));
        }
        List<String> names = objects.tables().stream().map(TableName::name).toList();
        return backups.taken(key, objects.into(), objects.schema(), names).stream()
                .findFirst()
                .map(name -> Problem.of(ProblemCode.NamesTaken, name, objects.schema(), objects.into())
                        .at("schema"));
    }

    private static Problem problem(ProblemCode code, Looks.Objects objects) {
        return Problem.of(code, objects.schema(), objects.into()).at("schema");
    }

    /**
     * Names as people write them: schema and table, several with commas between.
     *
     * @throws io.howdah.shared.ProblemException TableNameInvalid
     */
    static List<TableName> tables(String text) {
        return Pattern.compile("[,\\n]")
                .splitAsStream(text == null ? "" : text)
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .map(ObjectRules::table)
                .distinct()
                .toList();
    }

    private static TableName table(String word) {
        int dot = word.indexOf('.');
        if (dot < 1 || dot == word.length() - 1) {
            throw Problem.of(ProblemCode.TableNameInvalid, word).at("tables").raise();
        }
        return new TableName(word.substring(0, dot), word.substring(dot + 1));
    }
}

package io.howdah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {

    @Test
    void statementsEndWhereSqlSaysNotWhereASemicolonStands() {
        Script script = Script.of("""
                -- a; comment
                INSERT INTO t VALUES ('a;b', E'c\\';d', "e;f", $$g;h$$, $x$i;$$;j$x$);
                /* one /* two; */ three; */
                CREATE or replace FUNCTION f() RETURNS int LANGUAGE sql
                BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END;
                CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);

                SELECT 1 -- the last one
                """);
        assertThat(script.statements())
                .extracting(Script.Statement::command)
                .containsExactly("INSERT", "CREATE FUNCTION", "CREATE RULE", "SELECT");
        assertThat(script.statements())
                .extracting(Script.Statement::line)
                .last()
                .isEqualTo(8);
        assertThat(script.alone()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VACUUM",
                "vacuum (analyze) t",
                "/* /* nested */ */ COMMIT",
                "-- why\nBEGIN",
                "create database x",
                "DROP DATABASE x",
                "CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)",
                "DROP INDEX CONCURRENTLY i",
                "REINDEX INDEX CONCURRENTLY i",
                "REINDEX (VERBOSE) DATABASE x",
                "CALL work()",
                "ROLLBACK",
                "ROLLBACK AND CHAIN",
                "START TRANSACTION",
                "PREPARE TRANSACTION 'x'",
                "DO $$ BEGIN PERFORM 1; COMMIT; END $$",
                "ALTER TABLE t DETACH PARTITION p CONCURRENTLY"
            })
    void whatCannotBePartOfATransactionIsKnown(String statement) {
        assertThat(Script.of("SELECT 1; " + statement).alone())
                .get()
                .extracting(Script.Statement::line)
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'VACUUM'",
                "SELECT 1 AS commit",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
                "CREATE INDEX concurrently_made ON t (a)",
                "SAVEPOINT a; ROLLBACK TO SAVEPOINT a; ROLLBACK WORK TO a",
                "PREPARE q AS SELECT 1",
                "DO $$ BEGIN PERFORM 1; END $$",
                "REINDEX TABLE t",
                "ALTER TABLE endings ADD COLUMN begin int"
            })
    void whatCanBePartOfATransactionStaysInOne(String script) {
        assertThat(Script.of(script).alone()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n;;", "-- nothing", "/* nothing */ ;"})
    void aScriptWithoutAStatementIsRefused(String script) {
        assertThatThrownBy(() -> Script.of(script))
                .isInstanceOf(EngineFault.class)
                .hasMessageContaining("ScriptEmpty");
    }

    @Test
    void aScriptWithTooManyStatementsIsRefused() {
        assertThat(Script.of("SELECT 1;".repeat(1000)).statements()).hasSize(1000);
        assertThatThrownBy(() -> Script.of("SELECT 1;".repeat(1001))).hasMessageContaining("ScriptTooLong");
    }

    @Test
    void whatIsSaidIsBoundedAndItsEndIsKept() {
        UnitOutput output = new UnitOutput("");
        for (int i = 0; i < 10_000; i++) {
            output.line("x".repeat(100));
        }
        output.last("ERROR: at last");
        assertThat(output.text()).hasSizeLessThan(UnitOutput.LIMIT + 100).endsWith("ERROR: at last\n");
        assertThat(output.text()).contains("not kept");
    }
}

package io.howdah.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemCodeTest {

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void everyProblemHasASentenceAndAHint(ProblemCode code) {
        Problem problem = Problem.of(code, "a", "b", "c", "d", "e");
        assertThat(problem.message()).isNotBlank().endsWith(code == ProblemCode.EngineSqlFailed ? "a" : ".");
        assertThat(problem.hint()).isNotBlank().endsWith(".");
    }
}

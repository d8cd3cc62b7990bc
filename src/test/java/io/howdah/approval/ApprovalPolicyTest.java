package io.howdah.approval;

import static io.howdah.access.ProtectedAction.OWNER_GRANT;
import static io.howdah.access.ProtectedAction.POLICY_WEAKEN;
import static io.howdah.access.ProtectedAction.SERVER_DELETE;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.access.ProtectedAction;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApprovalPolicyTest {

    private static final ApprovalPolicy BOTH = new ApprovalPolicy(Set.of(SERVER_DELETE, OWNER_GRANT), 24, 4);

    @Test
    void whereNothingIsProtectedNothingIsWeaker() {
        assertThat(BOTH.weakerThan(ApprovalPolicy.USUAL)).isFalse();
        assertThat(new ApprovalPolicy(Set.of(), 168, 72).weakerThan(ApprovalPolicy.USUAL))
                .isFalse();
    }

    @Test
    void lessThanBeforeIsWeaker() {
        assertThat(BOTH.weakerThan(BOTH)).isFalse();
        assertThat(new ApprovalPolicy(Set.of(SERVER_DELETE), 24, 4).weakerThan(BOTH))
                .isTrue();
        assertThat(new ApprovalPolicy(Set.of(), 24, 4).weakerThan(BOTH)).isTrue();
        assertThat(new ApprovalPolicy(BOTH.actions(), 25, 4).weakerThan(BOTH)).isTrue();
        assertThat(new ApprovalPolicy(BOTH.actions(), 24, 5).weakerThan(BOTH)).isTrue();
        assertThat(new ApprovalPolicy(BOTH.actions(), 1, 1).weakerThan(BOTH)).isFalse();
    }

    @Test
    void weakeningIsProtectedWhereAnythingIs() {
        assertThat(BOTH.protects(POLICY_WEAKEN)).isTrue();
        assertThat(ApprovalPolicy.USUAL.protects(POLICY_WEAKEN)).isFalse();
        for (ProtectedAction action : ProtectedAction.values()) {
            assertThat(ApprovalPolicy.USUAL.protects(action)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"0,4,false", "1,1,true", "168,72,true", "169,4,false", "24,0,false", "24,73,false"})
    void hoursHaveBounds(int request, int approval, boolean valid) {
        assertThat(new ApprovalPolicy(Set.of(SERVER_DELETE), request, approval).valid())
                .isEqualTo(valid);
    }

    @Test
    void whatIsNotChosenIsNotOffered() {
        assertThat(new ApprovalPolicy(Set.of(POLICY_WEAKEN), 24, 4).valid()).isFalse();
    }
}

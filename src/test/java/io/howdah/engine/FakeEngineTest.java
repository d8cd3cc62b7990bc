package io.howdah.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.shared.ProblemCode;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class FakeEngineTest extends EngineContract {

    private final FakeEngine.Host host = new FakeEngine.Host();

    @Override
    protected Engine freshEngine() {
        return new FakeEngine(host, Clock.systemUTC());
    }

    @Test
    void failsTheCallItWasToldToFailAndNoOther() {
        FakeEngine fake = (FakeEngine) engine;
        done(() -> fake.provision(key, specification()));
        fake.fail(FakeEngine.Call.START, 2, FakeEngine.failure(ProblemCode.EngineStartFailed, true));
        done(() -> fake.start(key));
        failed(() -> fake.start(key), ProblemCode.EngineStartFailed);
        done(() -> fake.start(key));
    }

    @Test
    void answersRunningAsOftenAsTold() {
        FakeEngine fake = (FakeEngine) engine;
        fake.slow(FakeEngine.Call.PROVISION, 2);
        assertThat(fake.provision(key, specification())).isInstanceOf(Progress.Running.class);
        assertThat(fake.provision(key, specification())).isInstanceOf(Progress.Running.class);
        assertThat(fake.observe(key).state()).isEqualTo(Observation.State.ABSENT);
        assertThat(fake.provision(key, specification())).isInstanceOf(Progress.Done.class);
        assertThat(fake.calls()).hasSize(3);
    }
}

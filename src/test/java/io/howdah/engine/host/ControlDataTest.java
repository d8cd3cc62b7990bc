package io.howdah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ControlDataTest {

    private static ControlData of(String state) {
        return new ControlData("""
                pg_control version number:            1300
                Database cluster state:               %s
                Latest checkpoint location:           0/1D4E3A8
                Latest checkpoint's REDO location:    0/1D4E370
                """.formatted(state));
    }

    @Test
    void onlyAPrimaryThatEndedInGoodOrderIsShutDown() {
        assertThat(of("shut down").shutDown()).isTrue();
        assertThat(of("shut down in recovery").shutDown()).isFalse();
        assertThat(of("in production").shutDown()).isFalse();
        assertThat(new ControlData("").shutDown()).isFalse();
    }

    @Test
    void itsLastCheckpointIsThatOfTheRecordNotOfTheRedo() {
        assertThat(of("shut down").lastCheckpoint()).isEqualTo("0/1D4E3A8");
    }
}

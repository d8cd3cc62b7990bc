package io.howdah.schedule;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What people said about a standing job. A job that nobody said anything about has none. */
@Entity
@Table(name = "standing_job")
class StandingJobEntry {

    @Id
    String name;

    boolean paused;
}

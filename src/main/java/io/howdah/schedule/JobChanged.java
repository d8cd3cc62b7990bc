package io.howdah.schedule;

/** Fired after a standing job did something, failed, or was paused or resumed, and the database says so. */
public record JobChanged(String job) {}

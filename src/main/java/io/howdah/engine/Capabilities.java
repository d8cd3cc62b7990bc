package io.howdah.engine;

/**
 * What an engine can do on this place.
 *
 * @param place a name for the place that people recognise, e.g. the host's name
 * @param limitsEnforced whether a size's CPU and memory are enforced
 * @param limitsNote why not, or how, in one sentence
 */
public record Capabilities(String place, boolean limitsEnforced, String limitsNote) {}

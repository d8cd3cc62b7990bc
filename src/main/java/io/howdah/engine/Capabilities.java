package io.howdah.engine;

/**
 * What an engine can do on this place.
 *
 * @param place a name for the place that people recognise, e.g. the host's name
 * @param limitsEnforced whether a size's CPU and memory are enforced
 * @param limitsNote why not, or how, in one sentence
 * @param storageEnforced whether a new server can't take more than its storage
 * @param storageNote why not, or how, in one sentence
 * @param shared whether every portal node reaches the same servers through it; otherwise each has servers of its own
 */
public record Capabilities(
        String place,
        boolean limitsEnforced,
        String limitsNote,
        boolean storageEnforced,
        String storageNote,
        boolean shared) {

    /** Of a place that only the portal on it reaches. */
    public Capabilities(
            String place, boolean limitsEnforced, String limitsNote, boolean storageEnforced, String storageNote) {
        this(place, limitsEnforced, limitsNote, storageEnforced, storageNote, false);
    }
}

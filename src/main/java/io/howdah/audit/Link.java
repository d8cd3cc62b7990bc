package io.howdah.audit;

/** A place in the chain: a record's number and its hash. */
record Link(long number, String hash) {

    /** What the first record follows. */
    static final Link FIRST = new Link(0, "0".repeat(64));
}

package io.howdah.operation;

/**
 * A running portal process, as the database knows it.
 *
 * @param home the installation directory it serves; operations on what lies there are pinned to it
 * @param incarnation this very process; it owns the leases
 * @param name for people to read; nothing depends on it, so two nodes may be called the same
 */
record Holder(String home, String incarnation, String name) {}

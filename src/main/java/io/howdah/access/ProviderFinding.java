package io.howdah.access;

/**
 * One thing that a test of a provider has found out, in a sentence.
 *
 * @param fine whether it is as it should be; otherwise it is worth a look
 */
public record ProviderFinding(boolean fine, String sentence) {}

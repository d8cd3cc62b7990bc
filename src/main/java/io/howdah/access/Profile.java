package io.howdah.access;

/**
 * What people say about themselves, and how they want to see the portal.
 *
 * @param displayName the name that others see; blank for the sign-in name
 * @param theme null until one was chosen: then each browser keeps its own
 * @param timeZone an IANA zone such as {@code Europe/Berlin}, in which times are shown and typed; null for the browser's
 */
public record Profile(String displayName, Theme theme, String timeZone) {}

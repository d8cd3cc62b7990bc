package io.howdah.access;

import io.howdah.shared.Language;

/**
 * What people say about themselves, and how they want to see the portal.
 *
 * @param displayName the name that others see; blank for the sign-in name
 * @param theme null until one was chosen: then each browser keeps its own
 * @param timeZone an IANA zone such as {@code Europe/Berlin}, in which times are shown and typed; null for the browser's
 * @param language what the portal and its mails speak to them; null for what their browser asks for
 */
public record Profile(String displayName, Theme theme, String timeZone, Language language) {}

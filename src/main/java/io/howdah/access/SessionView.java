package io.howdah.access;

import java.time.Instant;
import java.util.UUID;

/**
 * Somebody's being signed in at one browser.
 *
 * @param address the client's, when it was used last
 * @param browser what the browser calls itself, e.g. "Firefox 141"
 */
public record SessionView(UUID id, Instant beganAt, Instant lastUsedAt, String address, String browser) {}

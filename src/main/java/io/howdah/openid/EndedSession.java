package io.howdah.openid;

import java.time.Instant;

/**
 * What a provider's logout token ends: one of its sessions, or all of a person's.
 *
 * @param subject whose, or null when only the session is named
 * @param session which ({@code sid}), or null for all
 * @param begunBefore sessions that began later are not meant: the token may be an old one, sent again
 */
public record EndedSession(String issuer, String subject, String session, Instant begunBefore) {}

package io.howdah.access;

import java.util.Set;
import java.util.UUID;

/**
 * Something that people should know, as a feature says it.
 *
 * @param teamId the team it happened in; only who may see that team's servers is told
 * @param serverId the server it is about, or null
 * @param serverName its name at the time, or null
 * @param title one line, e.g. "Start server failed: orders-db"
 * @param text what to know and what to do, in a sentence or two; no secrets
 * @param link the portal's page about it, e.g. {@code operations/<id>}
 * @param people whom it concerns, or null for everybody who may see the team's servers and wants this kind
 */
public record Notice(
        EventKind kind,
        UUID teamId,
        UUID serverId,
        String serverName,
        String title,
        String text,
        String link,
        Set<UUID> people) {}

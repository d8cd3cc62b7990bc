package io.howdah.notification;

import io.howdah.access.EventKind;
import java.util.Set;

/** A webhook as somebody wants it. */
public record WebhookDraft(String address, Set<EventKind> kinds) {}

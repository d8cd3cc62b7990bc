package io.howdah.notification;

import io.howdah.access.EventKind;

/** What somebody wants to know of a kind of event in the portal and by mail. */
public record ChoiceView(EventKind kind, Wanted portal, Wanted mail) {}

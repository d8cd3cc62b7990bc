package io.howdah.notification;

import java.util.UUID;

/** Fired when something in a person's notifications or deliveries has changed and the database says so. */
public record NotificationsChanged(UUID personId) {}

package io.howdah.notification;

import java.util.UUID;

/** A mail as it goes out. */
record Mail(UUID deliveryId, String to, String subject, String text, String html) {}

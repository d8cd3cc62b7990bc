package io.howdah.notification;

/**
 * Where a person's mail goes.
 *
 * @param available whether this installation sends mail at all
 * @param address null when there is none
 * @param unconfirmed an address that waits for its code, or null
 */
public record MailAddressView(boolean available, String address, String unconfirmed) {}

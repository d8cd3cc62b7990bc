package io.howdah.notification;

/** Where a message on its way stands. */
public enum DeliveryState {
    WAITING,
    DELIVERED,
    GIVEN_UP,
    /** Not sent any more: its addressee may no longer see what it says, or has paused the webhook. */
    DROPPED;

    public boolean ended() {
        return this != WAITING;
    }
}

package io.howdah.notification;

/** A way to tell people that they choose kind by kind. A webhook carries its own choice of kinds. */
public enum Channel {
    PORTAL,
    MAIL
}

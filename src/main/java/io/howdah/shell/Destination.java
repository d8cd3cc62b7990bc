package io.howdah.shell;

import io.howdah.access.Access;
import io.howdah.access.Permission;
import java.util.Locale;

/** The pages one can go to from anywhere, in the navigation's order. */
enum Destination {
    HOME("", Glyph.HOUSE, null, true),
    SERVERS("servers", Glyph.SERVER, Permission.SERVERS_READ, true),
    CREATE("servers/create", Glyph.PLUS, Permission.SERVERS_CREATE, false),
    OPERATIONS("operations", Glyph.LIST_CHECKS, Permission.OPERATIONS_READ, true),
    JOBS("jobs", Glyph.CALENDAR_CLOCK, Permission.JOBS_READ, true),
    BACKUPS("backups", Glyph.HARD_DRIVE, Permission.BACKUPS_READ, true),
    AUDIT("audit", Glyph.SCROLL_TEXT, Permission.AUDIT_READ, true),
    APPROVALS("approvals", Glyph.SHIELD_CHECK, null, true),
    ACCESS("access", Glyph.USERS, Permission.ACCESS_READ, true),
    SETTINGS("settings", Glyph.SETTINGS, Permission.INSTALLATION_READ, true),
    NOTIFICATIONS("notifications", Glyph.BELL, null, false),
    PROFILE("profile", Glyph.USER, null, false),
    PROFILE_NOTIFICATIONS("profile/notifications", Glyph.BELL, null, false),
    PROFILE_WEBHOOKS("profile/webhooks", Glyph.CABLE, null, false);

    private final String path;
    private final Glyph glyph;
    private final Permission needed;
    private final boolean inNavigation;

    Destination(String path, Glyph glyph, Permission needed, boolean inNavigation) {
        this.path = path;
        this.glyph = glyph;
        this.needed = needed;
        this.inNavigation = inNavigation;
    }

    String path() {
        return path;
    }

    Glyph glyph() {
        return glyph;
    }

    String title() {
        return Texts.t("ui.page." + name().toLowerCase(Locale.ROOT));
    }

    boolean inNavigation() {
        return inNavigation;
    }

    boolean openTo(Access access) {
        return needed == null || access.mayAnywhere(needed);
    }
}

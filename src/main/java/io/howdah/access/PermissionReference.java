package io.howdah.access;

import io.howdah.shared.Messages;
import java.util.Arrays;
import java.util.List;

/** All permissions there are, in plain words: what the portal's reference and docs/permissions.md are made from. */
public final class PermissionReference {

    /**
     * One permission.
     *
     * @param action e.g. {@code servers/start}
     * @param title what it lets somebody do, in a few words
     * @param sentence what that means, in a sentence
     * @param roles the ready-made roles that hold it
     */
    public record Entry(String action, String title, String sentence, List<String> roles) {}

    private PermissionReference() {}

    /** In the order in which permissions are listed everywhere. */
    public static List<Entry> all() {
        return Arrays.stream(Permission.values())
                .map(permission -> new Entry(
                        permission.action(),
                        Messages.text("ui.action." + permission.action()),
                        Messages.text("permission." + permission.action()),
                        Arrays.stream(Role.values())
                                .filter(role -> role.actions().contains(permission.action()))
                                .map(Role::title)
                                .toList()))
                .toList();
    }

    /** The names of the ready-made roles. */
    public static List<String> roles() {
        return Arrays.stream(Role.values()).map(Role::title).toList();
    }
}

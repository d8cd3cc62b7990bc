package io.howdah.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The ready-made roles. They are written to the database at start-up, where checks read them. */
enum Role {
    OWNER("Owner", permission -> true),
    /** Everything but create, delete, locks, the product's own jobs and access. */
    OPERATOR("Operator", permission -> switch (permission) {
        case SERVERS_CREATE, SERVERS_DELETE, SERVERS_PURGE, DATABASES_CREATE, DATABASES_DELETE, LOCKS_WRITE -> false;
        case BACKUPS_DELETE -> false;
        case JOBS_WRITE, INSTALLATION_WRITE, AUDIT_FORWARD, ACCESS_READ, ACCESS_WRITE -> false;
        default -> true;
    }),
    READER("Reader", permission -> switch (permission) {
        case SERVERS_READ,
                DATABASES_READ,
                SESSIONS_READ,
                BACKUPS_READ,
                OPERATIONS_READ,
                SCHEDULES_READ,
                JOBS_READ,
                INSTALLATION_READ,
                AUDIT_READ,
                AUDIT_EXPORT,
                PROFILE_WRITE -> true;
        default -> false;
    });

    private final String title;
    private final Set<Permission> permissions;

    Role(String title, Predicate<Permission> allows) {
        this.title = title;
        this.permissions = Arrays.stream(Permission.values())
                .filter(allows)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Permission.class)));
    }

    String title() {
        return title;
    }

    Set<String> actions() {
        return permissions.stream().map(Permission::action).collect(Collectors.toCollection(TreeSet::new));
    }
}

package io.howdah.server;

import java.util.UUID;

/** Fired after something people see of a server has changed and the database says so. */
public record ServerChanged(UUID serverId) {}

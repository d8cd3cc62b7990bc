package io.howdah.container;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.server.ServerDraft;
import io.howdah.server.ServerService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A draft in which all is right but what a test makes wrong. */
public record Wanted(Map<String, Object> parts) {

    public static final String LOGIN = "dba";
    public static final String PASSWORD = "Maple-41-Harbour-first";

    /** A small server with the newest PostgreSQL. */
    public static Wanted usual(Caller caller, UUID team) {
        ServerService servers = Container.bean(ServerService.class);
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("team", team);
        parts.put("name", People.unique("draft"));
        parts.put(
                "major",
                Callers.as(caller, () -> servers.catalogue().versions().get(0).major()));
        parts.put("size", "H0.25");
        parts.put("storage", 1);
        parts.put("login", LOGIN);
        parts.put("password", PASSWORD);
        parts.put("database", "shop");
        parts.put("networks", List.of("10.1.2.3/16"));
        parts.put("tags", Map.of("team", "tests"));
        return new Wanted(parts);
    }

    public Wanted with(String part, Object value) {
        if (!parts.containsKey(part)) {
            throw new IllegalArgumentException(part);
        }
        parts.put(part, value);
        return this;
    }

    @SuppressWarnings("unchecked")
    public ServerDraft draft() {
        return new ServerDraft(
                (UUID) parts.get("team"),
                null,
                (String) parts.get("name"),
                (int) parts.get("major"),
                (String) parts.get("size"),
                (int) parts.get("storage"),
                (String) parts.get("login"),
                (String) parts.get("password"),
                (String) parts.get("database"),
                (List<String>) parts.get("networks"),
                (Map<String, String>) parts.get("tags"));
    }
}

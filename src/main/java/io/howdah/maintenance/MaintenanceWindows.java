package io.howdah.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.ZoneId;
import java.util.UUID;

/** The servers' maintenance windows, for the features that work in them. */
@ApplicationScoped
public class MaintenanceWindows {

    @PersistenceContext
    private EntityManager entities;

    public MaintenanceWindow of(UUID serverId) {
        WindowChoice choice = entities.find(WindowChoice.class, serverId);
        return choice == null ? MaintenanceWindow.systemChosen(serverId, ZoneId.systemDefault()) : choice.window();
    }
}

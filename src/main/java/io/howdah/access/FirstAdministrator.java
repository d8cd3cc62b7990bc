package io.howdah.access;

import io.howdah.shared.Ids;
import io.howdah.shared.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * The one-time code with which the first person makes themselves the owner. It lies in a file that only the service user
 * reads, while there is nobody; whoever can read that file owns the machine anyway. Also brings the ready-made roles in
 * the database to what this version says.
 */
@Singleton
@Startup
@DependsOn("Migrations")
public class FirstAdministrator {

    @Inject
    private Settings settings;

    @PersistenceContext
    private EntityManager entities;

    @PostConstruct
    void prepare() {
        // Two nodes may start on an empty store at once.
        entities.createNativeQuery("lock table role in share row exclusive mode")
                .executeUpdate();
        for (Role role : Role.values()) {
            writeRole(role);
        }
        if (awaited()) {
            offerCode();
        } else {
            withdrawCode();
        }
    }

    /** Whether nobody exists yet who could sign in. */
    public boolean awaited() {
        return entities.createQuery("select count(p) from Person p", Long.class).getSingleResult() == 0;
    }

    public boolean accepts(String code) {
        if (!awaited() || code == null || !Files.exists(file())) {
            return false;
        }
        try {
            String expected = Files.readString(file()).strip();
            return MessageDigest.isEqual(
                    expected.getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Only once the first person is really there: a transaction that fails must not use the code up. */
    public void made(@Observes(during = TransactionPhase.AFTER_SUCCESS) Made made) {
        withdrawCode();
    }

    /** Fired by whoever makes the first administrator. */
    record Made(UUID personId) {}

    private void withdrawCode() {
        try {
            Files.deleteIfExists(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void offerCode() {
        try {
            if (!Files.exists(file())) {
                Files.createDirectories(settings.secrets());
                Files.createFile(
                        file(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file(), Ids.secretCode() + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return settings.secrets().resolve("first-administrator");
    }

    private void writeRole(Role role) {
        RoleEntry entry = new RoleEntry();
        entry.name = role.title();
        entry.position = role.ordinal();
        entry.readyMade = true;
        entities.merge(entry);
        entities.createQuery("delete from RoleAction r where r.role = :role and r.action not in :actions")
                .setParameter("role", role.title())
                .setParameter("actions", role.actions())
                .executeUpdate();
        for (String action : role.actions()) {
            RoleAction allowed = new RoleAction();
            allowed.role = role.title();
            allowed.action = action;
            entities.merge(allowed);
        }
    }
}

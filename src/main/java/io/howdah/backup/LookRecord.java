package io.howdah.backup;

import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/** Puts on record that rows were read, before they are: the audit log is not kept waiting for a query's answer. */
@Stateless
public class LookRecord {

    @Inject
    private Access access;

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void queried(UUID teamId, Target server, String database, String sql) {
        access.change(
                Permission.BACKUPS_LOOK,
                Scope.team(teamId),
                server,
                Map.of(
                        "database", database,
                        "characters", String.valueOf(sql.length()),
                        "sha256", sha256(sql)));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

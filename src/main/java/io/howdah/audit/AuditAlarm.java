package io.howdah.audit;

import io.howdah.access.EventKind;
import io.howdah.access.Holders;
import io.howdah.access.Notice;
import io.howdah.access.Notices;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Tells those who answer for the installation that the audit log is not whole: once for each thing that is wrong. */
@Stateless
public class AuditAlarm {

    private static final Logger LOG = Logger.getLogger(AuditAlarm.class.getName());

    private static final String FOUND =
            "insert into audit_finding (finding, found_at) values (?, ?) on conflict do nothing";

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private Notices notices;

    @Inject
    private Holders holders;

    @Inject
    private Clock clock;

    /**
     * In a transaction of its own: whatever becomes of the look itself, they are told.
     *
     * @param found AuditLogNotWhole, with what is wrong first
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void raise(Problem found) {
        if (Sql.change(dataSource, FOUND, found.message(), Timestamp.from(clock.instant())) == 0) {
            return;
        }
        LOG.log(Level.SEVERE, "The audit log is not whole: {0}", found.message());
        notices.tell(new Notice(
                EventKind.AUDIT_LOG_BROKEN,
                null,
                null,
                null,
                Messages.text("audit.notice.broken"),
                found.message() + " " + found.hint(),
                "audit",
                holders.of(Permission.ACCESS_WRITE, Scope.INSTALLATION)));
    }
}

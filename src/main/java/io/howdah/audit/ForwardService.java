package io.howdah.audit;

import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.notification.SignedPosts;
import io.howdah.shared.Encryption;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Where every record of the audit log is sent on to, as it is written: a syslog server, a webhook, or both. */
@Stateless
public class ForwardService {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    private static final int HIGHEST_PORT = 65_535;

    @PersistenceContext
    private EntityManager entities;

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private Access access;

    @Inject
    private SignedPosts posts;

    @Inject
    private Encryption encryption;

    @Inject
    private Clock clock;

    public List<ForwardView> forwards() {
        access.permit(Permission.AUDIT_FORWARD, Scope.INSTALLATION, target(null));
        long last = last();
        return entities.createQuery("select f from AuditForward f order by f.kind", AuditForward.class)
                .getResultStream()
                .map(forward -> new ForwardView(
                        forward.kind,
                        forward.place(encryption),
                        Math.max(0, last - forward.position),
                        forward.sentAt,
                        forward.trouble))
                .toList();
    }

    /**
     * Sends to a syslog server from now on: RFC 5424 over TLS.
     *
     * @throws io.howdah.shared.ProblemException SyslogAddressInvalid
     */
    public void toSyslog(String host, int port) {
        String wanted = host == null ? "" : host.strip();
        if (!HOST.matcher(wanted).matches() || port < 1 || port > HIGHEST_PORT) {
            throw Problem.of(ProblemCode.SyslogAddressInvalid).at("host").raise();
        }
        begin(ForwardKind.SYSLOG, wanted + ":" + port, wanted + ":" + port, null);
    }

    /**
     * Posts to a webhook from now on, signed.
     *
     * @return the secret it is signed with, which is not shown again
     * @throws io.howdah.shared.ProblemException WebhookAddressInvalid, WebhookAddressRefused
     */
    public String toWebhook(String address) {
        URI checked = posts.checked(address);
        String secret = Ids.secretCode();
        begin(ForwardKind.WEBHOOK, checked.toString(), checked.getAuthority(), secret);
        return secret;
    }

    /** What the place has not got by now it will not get. */
    public void stop(ForwardKind kind) {
        AuditForward forward = find(kind);
        record(kind, forward, "");
        if (forward != null) {
            entities.remove(forward);
        }
    }

    private void begin(ForwardKind kind, String address, String place, String secret) {
        AuditForward forward = find(kind);
        record(kind, forward, place);
        boolean another = forward == null || !forward.place(encryption).equals(place);
        if (forward == null) {
            forward = new AuditForward();
            forward.kind = kind;
            entities.persist(forward);
        }
        if (another) {
            // The record of this very change is the first that goes out.
            forward.position = last() - 1;
        }
        forward.to(address, secret, encryption);
        forward.tries = 0;
        forward.due = clock.instant();
        forward.trouble = null;
    }

    private void record(ForwardKind kind, AuditForward before, String after) {
        access.change(
                Permission.AUDIT_FORWARD,
                Scope.INSTALLATION,
                target(kind),
                Map.of("before", before == null ? "" : before.place(encryption), "after", after));
    }

    private AuditForward find(ForwardKind kind) {
        return kind == null ? null : entities.find(AuditForward.class, kind, LockModeType.PESSIMISTIC_WRITE);
    }

    private long last() {
        return new AuditTable(dataSource).last().map(record -> record.number).orElse(0L);
    }

    private static Target target(ForwardKind kind) {
        return new Target(
                "auditLog", null, kind == null ? "forwarding" : kind.name().toLowerCase(Locale.ROOT));
    }
}

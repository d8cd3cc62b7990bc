package io.howdah.audit;

import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Reach;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.Settings;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

/** Reading the audit log. People see the records of the teams they may audit; installation-wide ones need that scope. */
@Stateless
public class AuditService {

    private static final int EXPORT_PAGE = 1000;
    private static final Target LOG = new Target("auditLog", null, "audit log");

    @PersistenceContext
    private EntityManager entities;

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private Access access;

    @Inject
    private AuditAlarm alarm;

    @Inject
    private Settings settings;

    /**
     * Newest first.
     *
     * @param before only records with smaller numbers; {@code Long.MAX_VALUE} for the newest
     */
    public List<AuditRecordView> list(AuditFilter filter, long before, int limit) {
        Reach reach = access.reach(Permission.AUDIT_READ);
        return new AuditSearch(entities, reach)
                .page(filter, before, limit).stream().map(AuditRecord::view).toList();
    }

    public int count(AuditFilter filter) {
        Reach reach = access.reach(Permission.AUDIT_READ);
        return new AuditSearch(entities, reach).count(filter);
    }

    /** The actors on record, to choose from. */
    public List<String> actors() {
        Reach reach = access.reach(Permission.AUDIT_READ);
        return new AuditSearch(entities, reach).words(AuditWord.Kind.ACTOR);
    }

    /** The actions on record, to choose from. */
    public List<String> actions() {
        Reach reach = access.reach(Permission.AUDIT_READ);
        return new AuditSearch(entities, reach).words(AuditWord.Kind.ACTION);
    }

    /**
     * Looks through the whole log, which takes about a second for a hundred thousand records. What it finds wrong for the
     * first time, those who answer for the installation are told too.
     *
     * @param progress is told now and then how many records have been seen
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Verdict verify(LongConsumer progress) {
        access.permit(Permission.AUDIT_READ, Scope.INSTALLATION, LOG);
        Verdict verdict = new Seals(dataSource, settings.home()).verify(List.of(), progress);
        if (!verdict.whole()) {
            alarm.raise(Problem.of(ProblemCode.AuditLogNotWhole, verdict.words()));
        }
        return verdict;
    }

    /** How many records there are, without looking at each. */
    public long size() {
        access.permit(Permission.AUDIT_READ, Scope.INSTALLATION, LOG);
        return new AuditTable(dataSource).last().map(record -> record.number).orElse(0L);
    }

    /** The checkpoints, oldest first. */
    public List<SealView> checkpoints() {
        access.permit(Permission.AUDIT_READ, Scope.INSTALLATION, LOG);
        return new AuditTable(dataSource).seals().stream().map(Seal::view).toList();
    }

    /** The checkpoints as lines of JSON, to be kept elsewhere. */
    public String exportCheckpoints() {
        access.change(Permission.AUDIT_EXPORT, Scope.INSTALLATION, LOG, Map.of("what", "checkpoints"));
        StringBuilder lines = new StringBuilder();
        new AuditTable(dataSource).seals().forEach(seal -> lines.append(seal.line())
                .append('\n'));
        return lines.toString();
    }

    /**
     * Asks for the records that a filter lets through as a file, as of now: its own record is not in it.
     *
     * @throws io.howdah.shared.ProblemException AccessDenied
     */
    public AuditExport export(AuditFilter filter, AuditExport.Format format) {
        Reach reach = access.reach(Permission.AUDIT_EXPORT);
        long end =
                new AuditTable(dataSource).last().map(record -> record.number).orElse(0L) + 1;
        Map<String, String> details = new TreeMap<>(filter.words());
        details.put("format", format.name().toLowerCase(Locale.ROOT));
        if (reach.everywhere() || reach.teams().isEmpty()) {
            access.change(Permission.AUDIT_EXPORT, Scope.INSTALLATION, LOG, details);
        }
        reach.teams().forEach(team -> access.change(Permission.AUDIT_EXPORT, Scope.team(team), LOG, details));
        return new AuditExport(filter, format, end);
    }

    /**
     * Writes the file a page of records at a time, as long as that takes, newest first.
     *
     * @return how many records it holds
     * @throws IOException when whoever takes it goes away
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public long write(AuditExport export, OutputStream to) throws IOException {
        Reach reach = access.reach(Permission.AUDIT_EXPORT);
        if (reach.nowhere()) {
            access.permit(Permission.AUDIT_EXPORT, Scope.INSTALLATION, LOG);
        }
        AuditSearch search = new AuditSearch(entities, reach);
        long written = 0;
        long before = export.end();
        to.write(export.format().head().getBytes(StandardCharsets.UTF_8));
        List<AuditRecord> page = search.page(export.filter(), before, EXPORT_PAGE);
        while (!page.isEmpty()) {
            for (AuditRecord record : page) {
                to.write(export.format().line(record).getBytes(StandardCharsets.UTF_8));
                before = record.number;
            }
            written += page.size();
            page = search.page(export.filter(), before, EXPORT_PAGE);
        }
        to.flush();
        return written;
    }
}

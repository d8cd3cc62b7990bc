package io.howdah.notification;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.EventKind;
import io.howdah.access.Holders;
import io.howdah.access.Notice;
import io.howdah.access.Notices;
import io.howdah.operation.OperationEnded;
import io.howdah.operation.OperationStatus;
import io.howdah.shared.Ids;
import io.howdah.shared.Messages;
import jakarta.ejb.Local;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps what is to be told, in the transaction in which it happened. It only writes it down: finding out who wants to know
 * comes later, so that nothing about telling can keep the thing itself from happening.
 */
@Stateless
@LocalBean
@Local(Notices.class)
public class Outbox implements Notices {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Holders holders;

    @Inject
    private Clock clock;

    @Inject
    private Event<SomethingToSend> sendings;

    /** Fired within the transaction that leaves the sender something to do. */
    record SomethingToSend() {}

    @Override
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void tell(Notice notice) {
        add(
                notice,
                notice.people() == null ? Set.of() : notice.people(),
                notice.people() == null,
                Callers.find().map(Caller::correlationId).orElseGet(Ids::correlation));
    }

    /** How an operation ended: it concerns who asked for it. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void ended(@Observes OperationEnded end) {
        boolean succeeded = end.status() == OperationStatus.SUCCEEDED;
        if (!succeeded && end.status() != OperationStatus.FAILED) {
            return;
        }
        String what = Messages.text("operation." + end.kind());
        String text = end.problem() == null
                ? Messages.text("notice.operation.done")
                : end.problem().message() + " " + end.problem().hint();
        Notice notice = new Notice(
                succeeded ? EventKind.OPERATION_SUCCEEDED : EventKind.OPERATION_FAILED,
                end.teamId(),
                end.subjectId(),
                end.subjectName(),
                Messages.text(
                        succeeded ? "notice.operation.succeeded" : "notice.operation.failed", what, end.subjectName()),
                text,
                "operations/" + end.operationId(),
                null);
        add(notice, holders.byName(end.requestedBy()).map(Set::of).orElse(Set.of()), true, end.correlationId());
    }

    private void add(Notice notice, Set<UUID> concerned, boolean everybody, String correlationId) {
        NoticeEntry entry = new NoticeEntry();
        entry.id = Ids.random();
        entry.kind = notice.kind();
        entry.at = clock.instant();
        entry.teamId = notice.teamId();
        entry.serverId = notice.serverId();
        entry.serverName = notice.serverName();
        entry.title = notice.title();
        entry.text = notice.text();
        entry.link = notice.link();
        entry.correlationId = correlationId;
        entry.concerned(concerned);
        entry.everybody = everybody;
        entities.persist(entry);
        sendings.fire(new SomethingToSend());
    }
}

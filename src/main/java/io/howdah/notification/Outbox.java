package io.howdah.notification;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.EventKind;
import io.howdah.access.Notice;
import io.howdah.access.Notices;
import io.howdah.operation.OperationEnded;
import io.howdah.operation.OperationStatus;
import io.howdah.shared.Ids;
import io.howdah.shared.Messages;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.ejb.Local;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Keeps what is to be told, in the transaction in which it happened. It only writes it down: finding out who wants to know
 * comes later, so that nothing about telling can keep the thing itself from happening.
 */
@Stateless
@LocalBean
@Local(Notices.class)
public class Outbox implements Notices {

    private static final String INSERT = """
            insert into notice (id, kind, at, team_id, server_id, server_name, title, text, link, correlation_id,
                concerned, everybody, made_out)
            select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, %s, ?, false""";

    private static final String THESE = INSERT.formatted("?");

    /** Who asked for an operation is known by name. */
    private static final String WHO_ASKED = INSERT.formatted(
            "coalesce((select cast(json_build_array(id) as text) from person where lower(name) = lower(?)), '[]')");

    /** What nobody hears of unless they choose to is not written for nobody: most operations succeed. */
    private static final String IF_ANYBODY_CHOSE = """
            where exists (select 1 from notification_choice where kind = ? and wanted <> 'NOTHING')
               or exists (select 1 from webhook where ? = any(string_to_array(kinds, ',')) and not paused)""";

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private Clock clock;

    @Inject
    private Event<SomethingToTell> tellings;

    /** Fired within the transaction that leaves something to make out to people. */
    record SomethingToTell() {}

    /** Fired within the transaction that leaves a message to send. */
    record SomethingToSend() {}

    @Override
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void tell(Notice notice) {
        Set<UUID> people = notice.people() == null ? Set.of() : notice.people();
        add(
                THESE,
                notice,
                NoticeEntry.written(people),
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
        add(WHO_ASKED, notice, end.requestedBy(), true, end.correlationId());
    }

    private void add(String insert, Notice notice, String concerned, boolean everybody, String correlationId) {
        boolean byChoice = Arrays.stream(Channel.values())
                .allMatch(channel -> Choices.usual(notice.kind(), channel) == Wanted.NOTHING);
        List<Object> arguments = new ArrayList<>(Arrays.asList(
                Ids.random(),
                notice.kind(),
                Timestamp.from(clock.instant()),
                notice.teamId(),
                notice.serverId(),
                notice.serverName(),
                notice.title(),
                notice.text(),
                notice.link(),
                correlationId,
                concerned,
                everybody));
        if (byChoice) {
            arguments.addAll(List.of(notice.kind(), notice.kind()));
        }
        String statement = byChoice ? insert + "\n" + IF_ANYBODY_CHOSE : insert;
        if (Sql.change(dataSource, statement, arguments.toArray()) > 0) {
            tellings.fire(new SomethingToTell());
        }
    }
}

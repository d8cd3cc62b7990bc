package io.howdah.notification;

import static io.howdah.container.Container.await;
import static io.howdah.container.Container.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.howdah.access.AccessService;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.EventKind;
import io.howdah.access.Notice;
import io.howdah.access.Notices;
import io.howdah.access.Scope;
import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.operation.OperationEnded;
import io.howdah.operation.OperationStatus;
import io.howdah.shared.Ids;
import io.howdah.shared.Json;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From something that happens to the people it is told to: portal, a real mail server, real webhooks. */
@ExtendWith(ArquillianExtension.class)
class NotificationsIT {

    private static final int SECONDS = 40;
    private static final Set<EventKind> FAILURES = Set.of(EventKind.OPERATION_FAILED, EventKind.SERVER_DEGRADED);

    @Inject
    private NotificationService notifications;

    @Inject
    private WebhookService webhooks;

    @Inject
    private Notices notices;

    @Inject
    private DeliveryTable table;

    @Inject
    private Sender sender;

    private final List<Integer> answers = new CopyOnWriteArrayList<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private HttpServer hook;
    private GreenMail mail;
    private UUID team;

    /** A message that a webhook got. */
    private record Received(String path, Headers headers, String body) {}

    @BeforeEach
    void start() throws IOException {
        team = People.team("Told");
        mail = new GreenMail(new ServerSetup(
                Integer.parseInt(System.getenv("HOWDAH_SMTP_PORT")), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        hook.setExecutor(Executors.newCachedThreadPool());
        hook.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Received(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), body));
            int status = answers.isEmpty() ? 200 : answers.remove(0);
            byte[] text = ("answer " + status).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        hook.start();
    }

    @AfterEach
    void stop() {
        hook.stop(0);
        mail.stop();
        Metadata.change("delete from notice");
        Metadata.change("delete from webhook");
    }

    @Test
    void whoAskedAndWhoMaySeeItLearnOfAFailureInThePortalAndNobodyElse() throws Exception {
        Caller asked = People.member("Operator", team);
        Caller colleague = People.member("Reader", team);
        Caller stranger = People.member("Owner", People.team("Elsewhere"));

        UUID operation = ended(asked, OperationStatus.FAILED);

        await(SECONDS).until(() -> unread(asked) == 1 && unread(colleague) == 1);
        NotificationView view =
                Callers.as(asked, () -> notifications.list(true, 0, 10)).get(0);
        assertThat(view.title()).isEqualTo("Start server failed: orders-db");
        assertThat(view.text()).startsWith("PostgreSQL did not start.").doesNotContain("detail");
        assertThat(view.link()).isEqualTo("operations/" + operation);
        assertThat(unread(stranger)).isZero();

        assertThat(Callers.as(asked, () -> notifications.markRead(view.id()))).isEqualTo(1);
        assertThat(unread(asked)).isZero();
        assertThat(unread(colleague)).as("reading is everybody's own").isEqualTo(1);
        assertThat(Callers.as(asked, () -> notifications.list(false, 0, 10)))
                .extracting(NotificationView::read)
                .containsExactly(true);
        assertThat(Callers.as(colleague, () -> notifications.markAllRead())).isEqualTo(1);
    }

    @Test
    void whatIsRolledBackIsToldToNobody() throws Exception {
        Caller reader = People.member("Reader", team);
        Container.undone(() -> {
            notices.tell(degraded(null));
            return null;
        });
        Container.committedAfter(() -> notices.tell(degraded(null)), () -> {});
        await(SECONDS).until(() -> unread(reader) == 1);
        assertThat(Metadata.count("notice where team_id = ?", team)).isEqualTo(1);
    }

    @Test
    void whoLosesTheRoleSeesNothingOfItAnyMore() throws Exception {
        Caller reader = People.member("Reader", team);
        Container.committedAfter(() -> notices.tell(degraded(null)), () -> {});
        await(SECONDS).until(() -> unread(reader) == 1);

        Metadata.change("delete from assignment where person_id = ?", reader.personId());

        assertThat(unread(reader)).isZero();
        assertThat(Callers.as(reader, () -> notifications.list(false, 0, 10))).isEmpty();
    }

    @Test
    void choicesDecideAndAreOnRecord() throws Exception {
        Caller wants = People.member("Reader", team);
        Caller declines = People.member("Reader", team);
        Callers.as(wants, () -> notifications.choose(EventKind.OPERATION_SUCCEEDED, Channel.PORTAL, Wanted.EVERYTHING));
        Callers.as(declines, () -> notifications.choose(EventKind.OPERATION_FAILED, Channel.PORTAL, Wanted.MINE));

        ended(wants, OperationStatus.SUCCEEDED);
        ended(wants, OperationStatus.FAILED);

        await(SECONDS).until(() -> unread(wants) == 2);
        assertThat(unread(declines)).isZero();
        ended(declines, OperationStatus.FAILED);
        await(SECONDS).until(() -> unread(declines) == 1);
        assertThat(Metadata.<String>column(
                        "select details from audit_record where actor = ? and action = 'profile/write'", wants.name()))
                .singleElement()
                .asString()
                .contains("operation.succeeded", "EVERYTHING", "PORTAL");
    }

    @Test
    void whoAskedGetsAMailOfTheFailureAndOthersDoNot() throws Exception {
        Caller asked = mailable("Operator");
        Caller colleague = mailable("Reader");

        UUID operation = ended(asked, OperationStatus.FAILED);

        await(SECONDS).until(() -> mail.getReceivedMessages().length == 1);
        MimeMessage got = mail.getReceivedMessages()[0];
        assertThat(got.getAllRecipients()).singleElement().hasToString(asked.name());
        assertThat(got.getSubject()).isEqualTo("[Howdah] Start server failed: orders-db");
        assertThat(text(got))
                .contains("PostgreSQL did not start.")
                .contains(System.getenv("HOWDAH_PUBLIC_ADDRESS") + "/operations/" + operation);
        await(SECONDS)
                .until(() ->
                        Metadata.count("delivery where person_id = ? and state = 'DELIVERED'", asked.personId()) == 1);
        assertThat(Metadata.count("delivery where person_id = ?", colleague.personId()))
                .isZero();
    }

    @Test
    void aMailServerThatIsDownIsTriedAgain() throws Exception {
        Caller asked = mailable("Operator");
        mail.stop();
        ended(asked, OperationStatus.FAILED);
        await(SECONDS).until(() -> Metadata.count("""
                delivery d join delivery_try t on t.delivery_id = d.id
                where d.person_id = ? and d.state = 'WAITING' and d.due > now() and d.lease_owner is null""", asked.personId()) == 1);
        assertThat(Metadata.<String>value(
                        "select error from delivery_try t join delivery d on d.id = t.delivery_id where d.person_id = ?",
                        asked.personId()))
                .startsWith("Nothing answers at 127.0.0.1:");

        mail.start();

        await(SECONDS).until(() -> mail.getReceivedMessages().length == 1);
        assertThat(Metadata.<Integer>value("select tries from delivery where person_id = ?", asked.personId()))
                .isGreaterThanOrEqualTo(1);
    }

    @Test
    void afterTwoDaysAMailIsGivenUpAndItsAddresseeToldInThePortal() throws Exception {
        Caller asked = mailable("Operator");
        mail.stop();
        ended(asked, OperationStatus.FAILED);
        await(SECONDS)
                .until(() -> Metadata.change(
                                "update delivery set begun_at = now() - interval '48 hours', due = now() where person_id = ? and tries > 0 and lease_owner is null",
                                asked.personId())
                        > 0);
        sender.wake();

        await(SECONDS).until(() -> Callers.as(asked, () -> notifications.list(true, 0, 10)).stream()
                .anyMatch(each -> each.kind() == EventKind.DELIVERY_GIVEN_UP));
        NotificationView view =
                Callers.as(asked, () -> notifications.list(true, 0, 10)).get(0);
        assertThat(view.title()).isEqualTo("Mail to " + asked.name() + " could not be delivered");
        assertThat(view.text()).contains("Start server failed: orders-db").contains("Nothing answers at");
        assertThat(Metadata.<String>value("select state from delivery where person_id = ?", asked.personId()))
                .isEqualTo("GIVEN_UP");
    }

    @Test
    void aNewMailAddressCountsOnceItsCodeHasComeBack() throws Exception {
        Caller me = mailable("Reader");
        String wanted = People.unique("new") + "@example.org";
        assertThat(refused(me, () -> notifications.changeMailAddress("nonsense"))
                        .code())
                .isEqualTo(ProblemCode.MailAddressInvalid);

        Callers.as(me, () -> notifications.changeMailAddress(wanted));

        await(SECONDS).until(() -> mail.getReceivedMessages().length == 1);
        MimeMessage got = mail.getReceivedMessages()[0];
        assertThat(got.getAllRecipients()).singleElement().hasToString(wanted);
        Matcher code = Pattern.compile("^ {4}(\\d{8})\\s*$", Pattern.MULTILINE).matcher(text(got));
        assertThat(code.find()).isTrue();
        assertThat(Metadata.rows("select * from contact where person_id = ?", me.personId())
                        .toString())
                .doesNotContain(code.group(1));
        assertThat(Callers.as(me, () -> notifications.mailAddress()))
                .isEqualTo(new MailAddressView(true, me.name(), wanted));
        assertThat(Callers.as(me, () -> notifications.confirmMailAddress("x" + code.group(1))))
                .isFalse();
        assertThat(Callers.as(me, () -> notifications.confirmMailAddress(code.group(1))))
                .isTrue();
        assertThat(Callers.as(me, () -> notifications.mailAddress()))
                .isEqualTo(new MailAddressView(true, wanted, null));

        UUID test = Callers.as(me, () -> notifications.sendTestMail());
        await(SECONDS)
                .until(() -> Callers.as(me, () -> notifications.delivery(test))
                                .orElseThrow()
                                .state()
                        == DeliveryState.DELIVERED);
        assertThat(mail.getReceivedMessages()[1].getAllRecipients())
                .singleElement()
                .hasToString(wanted);
    }

    @Test
    void aTestMailThatFailsSaysWhy() {
        Caller me = mailable("Reader");
        mail.stop();
        UUID test = Callers.as(me, () -> notifications.sendTestMail());
        await(SECONDS)
                .until(() -> Callers.as(me, () -> notifications.delivery(test))
                                .orElseThrow()
                                .state()
                        == DeliveryState.GIVEN_UP);
        assertThat(Callers.as(me, () -> notifications.delivery(test))
                        .orElseThrow()
                        .reason())
                .startsWith("Nothing answers at 127.0.0.1:");
        Caller other = People.member("Reader", team);
        assertThat(Callers.as(other, () -> notifications.delivery(test))).isEmpty();
    }

    @Test
    void aWebhookIsToldInSignedJson() throws Exception {
        Caller me = People.member("Reader", team);
        NewWebhook made = webhook(me, "/hook");
        UUID server = Ids.random();
        String correlation = Ids.correlation();

        Container.committedAfter(
                () -> Callers.as(
                        new Caller(me.personId(), me.name(), me.address(), correlation),
                        () -> notices.tell(degraded(server))),
                () -> {});

        await(SECONDS).until(() -> received.size() == 1);
        Received got = received.get(0);
        Map<?, ?> body = Json.read(got.body(), Map.class);
        assertThat(body.get("kind")).isEqualTo("server.degraded");
        assertThat(((Map<?, ?>) body.get("team")).get("id")).isEqualTo(team.toString());
        assertThat(((Map<?, ?>) body.get("server")).get("id")).isEqualTo(server.toString());
        assertThat(((Map<?, ?>) body.get("server")).get("name")).isEqualTo("orders-db");
        assertThat(body.get("title")).isEqualTo("orders-db is degraded");
        assertThat(body.get("link")).isEqualTo(System.getenv("HOWDAH_PUBLIC_ADDRESS") + "/servers/orders-db");
        assertThat(body.get("correlationId")).isEqualTo(correlation);
        assertThat(Instant.parse((String) body.get("at"))).isBeforeOrEqualTo(Instant.now());
        String signature = got.headers().getFirst("X-Howdah-Signature");
        long seconds = Long.parseLong(signature.substring(2, signature.indexOf(',')));
        assertThat(seconds).isCloseTo(Instant.now().getEpochSecond(), org.assertj.core.data.Offset.offset(60L));
        assertThat(signature).isEqualTo(Signature.header(made.secret(), got.body(), Instant.ofEpochSecond(seconds)));
        Map<String, Object> row =
                Metadata.rows("select * from webhook where id = ?", made.id()).get(0);
        assertThat(row.toString()).doesNotContain(made.secret()).doesNotContain("/hook");
        assertThat(Metadata.<String>column("select details from audit_record where target_id = ?", made.id())
                        .toString())
                .doesNotContain(made.secret())
                .doesNotContain("/hook");
    }

    @Test
    void aWebhookThatFailsIsToldAgainUnderTheSameIdAndTheLogShowsBoth() throws Exception {
        Caller me = People.member("Reader", team);
        NewWebhook made = webhook(me, "/flaky");
        answers.add(500);

        Container.committedAfter(() -> notices.tell(degraded(null)), () -> {});

        await(SECONDS).until(() -> received.size() == 2);
        assertThat(received.get(0).headers().getFirst("X-Howdah-Delivery"))
                .isEqualTo(received.get(1).headers().getFirst("X-Howdah-Delivery"));
        assertThat(received.get(0).body()).isEqualTo(received.get(1).body());
        await(SECONDS).until(() -> log(me, made).get(0).state() == DeliveryState.DELIVERED);
        DeliveryView delivery = log(me, made).get(0);
        assertThat(delivery.tries())
                .extracting(DeliveryView.Try::status, DeliveryView.Try::answer, DeliveryView.Try::error)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(500, "answer 500", "The answer was 500."),
                        org.assertj.core.api.Assertions.tuple(200, "answer 200", null));

        Callers.as(me, () -> webhooks.sendAgain(delivery.id()));

        await(SECONDS).until(() -> received.size() == 3);
        assertThat(received.get(2).headers().getFirst("X-Howdah-Delivery"))
                .isEqualTo(delivery.id().toString());
        Caller other = People.member("Owner", team);
        assertThat(refused(other, () -> webhooks.sendAgain(delivery.id())).code())
                .isEqualTo(ProblemCode.NotFound);
        assertThat(refused(other, () -> webhooks.deliveries(made.id(), 0, 10)).code())
                .isEqualTo(ProblemCode.NotFound);
    }

    @Test
    void whatIsPausedOrNoLongerAllowedIsNotTold() throws Exception {
        Caller me = People.member("Reader", team);
        NewWebhook made = webhook(me, "/paused");
        Callers.as(me, () -> webhooks.pause(made.id()));
        Container.committedAfter(() -> notices.tell(degraded(null)), () -> {});
        await(SECONDS).until(() -> unread(me) == 1);
        assertThat(log(me, made)).isEmpty();

        Callers.as(me, () -> webhooks.resume(made.id()));
        answers.add(503);
        Container.committedAfter(() -> notices.tell(degraded(null)), () -> {});
        await(SECONDS).until(() -> received.size() == 1);
        Metadata.change("delete from assignment where person_id = ?", me.personId());

        await(SECONDS).until(() -> log(me, made).get(0).state() == DeliveryState.DROPPED);
        assertThat(log(me, made).get(0).reason()).isEqualTo("Not sent: you may no longer see what it is about.");
        assertThat(received).hasSize(1);
    }

    @Test
    void aPrivateAddressIsRefused() {
        Caller me = People.member("Reader", team);
        for (String address : List.of("https://10.0.0.1/", "https://[::1]/", "http://127.0.0.2/", "http://8.8.8.8/")) {
            assertThat(refused(me, () -> webhooks.create(new WebhookDraft(address, FAILURES)))
                            .field())
                    .as(address)
                    .isEqualTo("address");
        }
        assertThat(Callers.as(me, () -> webhooks.list())).isEmpty();
        assertThat(refused(me, () -> webhooks.create(new WebhookDraft("https://example.org/", Set.of())))
                        .code())
                .isEqualTo(ProblemCode.WebhookWithoutEvents);
    }

    @Test
    void whatANodeLeftBehindWhenItDiedIsSentOnceMoreUnderTheSameId() throws Exception {
        Caller me = People.member("Reader", team);
        NewWebhook made = webhook(me, "/again");
        Container.committedAfter(() -> notices.tell(degraded(null)), () -> {});
        await(SECONDS).until(() -> log(me, made).stream().anyMatch(each -> each.state() == DeliveryState.DELIVERED));
        UUID id = log(me, made).get(0).id();
        // As a kill between sending and writing leaves it: taken by a node, sent, and nothing written.
        Metadata.change(
                "update delivery set state = 'WAITING', ended_at = null, tries = 0, lease_owner = 'dead:1:1', lease_until = now() + interval '2 seconds' where id = ?",
                id);
        // And a notice that nobody had made out yet.
        Metadata.change(
                "insert into notice (id, kind, at, team_id, title, text, correlation_id, concerned, everybody, made_out) values (?, 'SERVER_DEGRADED', now(), ?, 'left', 'left', 'c', '[]', true, false)",
                Ids.random(),
                team);

        // Nothing announces either: the standing job finds them.
        await(SECONDS).until(() -> received.size() == 3);

        assertThat(received)
                .filteredOn(each -> each.headers().getFirst("X-Howdah-Delivery").equals(id.toString()))
                .hasSize(2);
        await(SECONDS).until(() -> log(me, made).stream().allMatch(each -> each.state() == DeliveryState.DELIVERED));
        assertThat(received).hasSize(3);
    }

    @Test
    void aNodeThatStartsAgainTakesBackWhatItHeldAndALostLeaseWritesNothing() throws Exception {
        Caller me = People.member("Reader", team);
        NewWebhook made = webhook(me, "/lease");
        Container.committedAfter(() -> notices.tell(degraded(null)), () -> {});
        await(SECONDS).until(() -> log(me, made).stream().anyMatch(each -> each.state() == DeliveryState.DELIVERED));
        UUID id = log(me, made).get(0).id();
        Metadata.change(
                "update delivery set state = 'WAITING', ended_at = null, lease_owner = 'gone:1:1', lease_until = now() + interval '1 hour' where id = ?",
                id);
        assertThat(table.begin(id, "somebody:else:1")).isEmpty();
        assertThat(table.end(id, "somebody:else:1", Attempt.failed("x"), Instant.now(), java.time.Duration.ZERO))
                .isEmpty();
        assertThat(log(me, made).get(0).tries()).hasSize(1);

        table.releaseLeases("gone:");
        sender.wake();

        await(SECONDS).until(() -> received.size() == 2);
    }

    @Test
    void twoWhoClaimAtOnceNeverGetTheSame() throws Exception {
        Caller me = People.member("Reader", team);
        for (int i = 0; i < 8; i++) {
            webhook(me, "/" + i);
        }
        Container.committedAfter(() -> notices.tell(degraded(null)), () -> {});
        await(SECONDS)
                .until(() ->
                        Metadata.count("delivery where person_id = ? and state = 'DELIVERED'", me.personId()) == 8);
        Metadata.change("update delivery set state = 'WAITING', due = now() where person_id = ?", me.personId());
        List<UUID> claimed = new CopyOnWriteArrayList<>();

        Container.twice(
                () -> claimed.addAll(table.claim("test:1:1", Delivery.Carrier.WEBHOOK, 100)),
                () -> claimed.addAll(table.claim("test:2:1", Delivery.Carrier.WEBHOOK, 100)));

        // The sender may have been quicker with some.
        assertThat(claimed).isNotEmpty().doesNotHaveDuplicates();
    }

    private long unread(Caller caller) {
        return Callers.as(People.again(caller), () -> notifications.count(true));
    }

    private List<DeliveryView> log(Caller caller, NewWebhook webhook) {
        return Callers.as(People.again(caller), () -> webhooks.deliveries(webhook.id(), 0, 10));
    }

    private NewWebhook webhook(Caller caller, String path) {
        return Callers.as(
                People.again(caller),
                () -> webhooks.create(
                        new WebhookDraft("http://127.0.0.1:" + hook.getAddress().getPort() + path, FAILURES)));
    }

    /** Somebody whose sign-in name is a mail address. */
    private Caller mailable(String role) {
        String name = People.unique("ada") + "@example.org";
        Callers.as(People.administrator(), () -> Container.bean(AccessService.class)
                .invite(name, null, role, Scope.team(team)));
        return People.caller(name);
    }

    private Notice degraded(UUID server) {
        return new Notice(
                EventKind.SERVER_DEGRADED,
                team,
                server,
                server == null ? null : "orders-db",
                "orders-db is degraded",
                "Its pooler does not answer.",
                "servers/orders-db",
                null);
    }

    /** As the runner says it when an operation ends. */
    private UUID ended(Caller asked, OperationStatus status) throws Exception {
        UUID operation = Ids.random();
        boolean failed = status == OperationStatus.FAILED;
        OperationEnded end = new OperationEnded(
                operation,
                "server-start",
                "servers/start",
                Ids.random(),
                "orders-db",
                team,
                status,
                asked.name(),
                Ids.correlation(),
                failed ? Problem.of(ProblemCode.EngineStartFailed) : null);
        Container.committedAfter(() -> CDI.current().getBeanManager().getEvent().fire(end), () -> {});
        return operation;
    }

    private static String text(MimeMessage message) throws MessagingException, IOException {
        return ((MimeMultipart) message.getContent())
                .getBodyPart(0)
                .getContent()
                .toString();
    }
}

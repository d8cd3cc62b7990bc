package io.howdah.scaling;

import static io.howdah.container.Container.refused;
import static io.howdah.container.SharedServer.ask;
import static io.howdah.container.SharedServer.owner;
import static io.howdah.container.SharedServer.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.access.Callers;
import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.container.SharedServer;
import io.howdah.engine.DroppedSlot;
import io.howdah.engine.Storage;
import io.howdah.engine.StorageUse;
import io.howdah.operation.OperationService;
import io.howdah.server.Autogrow;
import io.howdah.server.StorageKeeping;
import io.howdah.shared.ProblemCode;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real server is given more storage, by people and by itself. */
@ExtendWith(ArquillianExtension.class)
class StorageIT {

    private static final long GIB = 1L << 30;

    @Inject
    private StorageService storage;

    @Inject
    private OperationService operations;

    private UUID id;

    @BeforeEach
    void aServer() throws Exception {
        id = SharedServer.id();
    }

    private StorageView view() {
        return Callers.as(owner(), () -> storage.view(id));
    }

    private int gib() {
        return view().server().storageGib();
    }

    private ProblemCode refusal(int wanted) {
        return refused(owner(), () -> storage.grow(id, wanted)).code();
    }

    @Test
    void itHasTheStorageThatWasAskedForAndAReceiptSaysSo() {
        int before = gib();
        UUID operation = ask(() -> storage.grow(id, before + 1));
        succeeded(operation);
        assertThat(gib()).isEqualTo(before + 1);
        assertThat(view().server().wishedGib()).isEqualTo(before + 1);
        assertThat(view().changes().getFirst().operationId()).isEqualTo(operation);
        assertThat(view().changes().getFirst().gibBefore()).isEqualTo(before);
        assertThat(Callers.as(owner(), () -> operations.output(operation)))
                .contains(before + " GiB → " + (before + 1) + " GiB");
        assertThat(Metadata.rows(
                        "select details from audit_record where action = 'servers/scale' and result = 'ACCEPTED' and correlation_id = ?",
                        Callers.as(owner(), () -> operations.get(operation)).correlationId()))
                .singleElement()
                .satisfies(record ->
                        assertThat((String) record.get("details")).contains("\"afterGib\":\"" + (before + 1) + "\""));
        assertThat(Callers.as(owner(), () -> storage.use(id)).databases())
                .extracting(StorageUse.Share::name)
                .contains("shop");
        // The job that compares servers with their wishes looks at their storage too.
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .until(() -> view().seen() != null && view().seen().capacityBytes() > before * GIB);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(refusal(gib())).isEqualTo(ProblemCode.StorageOnlyGrows);
        assertThat(refusal(0)).isEqualTo(ProblemCode.StorageOutOfRange);
        assertThat(refusal(32 * 1024)).isEqualTo(ProblemCode.NoRoomForStorage);
        assertThat(refused(owner(), () -> storage.autogrow(id, new Autogrow(true, 0, 4)))
                        .code())
                .isEqualTo(ProblemCode.AutogrowInvalid);
        assertThat(refused(People.member("Reader", SharedServer.team()), () -> storage.grow(id, 4))
                        .code())
                .isEqualTo(ProblemCode.AccessDenied);
    }

    @Test
    void itShrinksAgainAndTheDiskBeforeIsKeptUntilItIsConfirmed() {
        int before = gib();
        succeeded(ask(() -> storage.grow(id, before + 1)));
        assertThat(refused(owner(), () -> storage.shrink(id, before + 1)).code())
                .isEqualTo(ProblemCode.StorageNotSmaller);
        UUID operation = ask(() -> storage.shrink(id, before));
        succeeded(operation);
        assertThat(gib()).isEqualTo(before);
        assertThat(Callers.as(owner(), () -> operations.output(operation)))
                .contains((before + 1) + " GiB → " + before + " GiB");
        if (view().seen() == null || !view().seen().hard()) {
            return;
        }
        assertThat(view().changes().getFirst().held()).isLessThan(Duration.ofSeconds(5));
        assertThat(view().former().storageGib()).isEqualTo(before + 1);
        succeeded(ask(() -> storage.confirm(id)));
        assertThat(view().former()).isNull();
        assertThat(refused(owner(), () -> storage.goBack(id)).code()).isEqualTo(ProblemCode.StorageNothingKept);
    }

    @Test
    void oneThatMayGrowsByItselfUpToItsCeilingAndPeopleAreToldOnce() {
        int before = gib();
        StorageKeeping keeping = Container.bean(StorageKeeping.class);
        long told = Metadata.count("notice where kind like 'STORAGE%' and server_id = ?", id);
        Storage full = new Storage(
                true, before * GIB, before * GIB, true, List.of(new DroppedSlot("idle", Instant.now(), GIB)));
        assertThat(keeping.saw(id, full)).isFalse();
        assertThat(keeping.saw(id, full)).isFalse();
        assertThat(Metadata.count("notice where kind like 'STORAGE%' and server_id = ?", id) - told)
                .isEqualTo(2);
        ask(() -> {
            storage.autogrow(id, new Autogrow(true, 5, before + 1));
            return null;
        });
        try {
            assertThat(view().autogrow()).isEqualTo(new Autogrow(true, 5, before + 1));
            keeping.saw(id, full);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> gib() == before + 1);
            assertThat(keeping.saw(id, full)).isFalse();
            UUID operation = view().changes().getFirst().operationId();
            assertThat(Callers.as(owner(), () -> operations.get(operation)).requestedBy())
                    .isEqualTo("howdah");
        } finally {
            ask(() -> {
                storage.autogrow(id, new Autogrow(false, 1, 8));
                return null;
            });
        }
    }
}

package io.howdah.server;

import io.howdah.engine.DroppedSlot;
import io.howdah.engine.Storage;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** How a server's storage grows by itself, and what was seen of it last. */
@Entity
@Table(name = "server_storage")
class StorageEntry {

    /** One that merely moves a little is not written down again and again. */
    private static final Duration STALE = Duration.ofMinutes(5);

    private static final int NOTABLE_PART = 100;

    private static final long GIB = 1L << 30;

    /** So far below the level at which people are told that they may be told again. */
    private static final int CALM_PERCENT = 75;

    @Id
    @Column(name = "server_id")
    UUID serverId;

    boolean autogrow;

    @Column(name = "step_gib")
    int stepGib;

    @Column(name = "ceiling_gib")
    int ceilingGib;

    Boolean hard;

    @Column(name = "capacity_bytes")
    Long capacityBytes;

    @Column(name = "used_bytes")
    Long usedBytes;

    @Column(name = "seen_at")
    Instant seenAt;

    @Column(name = "read_only_since")
    Instant readOnlySince;

    @Column(name = "filling_told")
    boolean fillingTold;

    @Column(name = "slots_told_at")
    Instant slotsToldAt;

    @Version
    int version;

    /** What people are to be told of what was seen. */
    record News(boolean filling, boolean readOnly, boolean writable, List<DroppedSlot> slots) {

        News {
            slots = List.copyOf(slots);
        }
    }

    static StorageEntry of(Server server) {
        StorageEntry entry = new StorageEntry();
        entry.serverId = server.id;
        entry.use(Autogrow.offeredTo(server.storageGib));
        return entry;
    }

    Autogrow autogrow() {
        return new Autogrow(autogrow, stepGib, ceilingGib);
    }

    void use(Autogrow rule) {
        autogrow = rule.on();
        stepGib = rule.stepGib();
        ceilingGib = rule.ceilingGib();
    }

    /** Null before it was looked at. */
    StorageSeen seen() {
        return seenAt == null ? null : new StorageSeen(hard, capacityBytes, usedBytes, seenAt, readOnlySince);
    }

    /** Whether there is anything to write down or to do. */
    boolean calls(Storage now, Instant at) {
        return seenAt == null
                || seenAt.plus(STALE).isBefore(at)
                || capacityBytes != now.capacityBytes()
                || Math.abs(usedBytes - now.usedBytes()) > now.capacityBytes() / NOTABLE_PART
                || hard != now.hard()
                || (readOnlySince != null) != now.readOnly()
                || fillingTold != now.filling() && (now.filling() || now.usedPercent() < CALM_PERCENT)
                || !newSlots(now).isEmpty()
                || now.callsForGrowth()
                        && autogrow()
                                .next(Math.round((float) now.capacityBytes() / GIB))
                                .isPresent();
    }

    /** Takes over what was seen. */
    News see(Storage now, Instant at) {
        News news = new News(
                now.filling() && !fillingTold,
                now.readOnly() && readOnlySince == null,
                !now.readOnly() && readOnlySince != null,
                newSlots(now));
        hard = now.hard();
        capacityBytes = now.capacityBytes();
        usedBytes = now.usedBytes();
        seenAt = at;
        if (news.readOnly()) {
            readOnlySince = at;
        } else if (news.writable()) {
            readOnlySince = null;
        }
        fillingTold = now.filling() || fillingTold && now.usedPercent() >= CALM_PERCENT;
        if (!news.slots().isEmpty()) {
            slotsToldAt = stored(news.slots().getLast().at());
        }
        return news;
    }

    private List<DroppedSlot> newSlots(Storage now) {
        return now.droppedSlots().stream()
                .filter(slot -> slotsToldAt == null || stored(slot.at()).isAfter(slotsToldAt))
                .toList();
    }

    /** As the database keeps it, so that what was told is not taken for newer than itself. */
    private static Instant stored(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS);
    }
}

package io.howdah.engine.host;

import io.howdah.engine.Compute;
import io.howdah.engine.Resized;
import io.howdah.engine.Storage;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Moves a server to smaller storage, which its file system can't become: a copy on a smaller disk follows it until they are
 * exchanged while the pooler holds the clients back. Which of both disks is in use says the link to it alone, so that a
 * change whose portal died anywhere in it goes on, or back, from wherever it is.
 */
final class Shrinking {

    /** So little WAL is replayed in some hundredths of a second. */
    private static final long CLOSE_BYTES = 1L << 20;

    private static final long NEAR_BYTES = 16L << 20;
    private static final long BYTES_PER_GIB = 1L << 30;

    private final ServerFile file;
    private final ServerDirectory directory;
    private final House house;
    private final UUID change;
    private final int gib;
    private final ServerProcesses processes;

    /** What it shares with the rest of the engine. */
    record House(
            HostSettings settings,
            ServerDirectories directories,
            ToolSets tools,
            Provisioning provisioning,
            Volumes volumes,
            Limits limits,
            StorageGuard guard,
            Background background) {}

    Shrinking(ServerFile file, House house, UUID change, int gib) {
        this.file = file;
        this.house = house;
        this.change = change;
        this.gib = gib;
        this.directory = house.directories().of(file.key());
        this.processes = new ServerProcesses(file, directory, house.settings());
    }

    private ToolSets.ToolSet tools() {
        return house.tools().require(file.specification().majorVersion());
    }

    private StorageCopy copy() {
        return new StorageCopy(file, directory, tools(), change);
    }

    private boolean exchanged() {
        return directory.hard() && directory.volumeName().equals(change.toString());
    }

    /**
     * Makes the copy, or goes on with it.
     *
     * @throws EngineFault EngineNotResponding, StorageTooSmall, StorageSlotInTheWay, EngineDiskFull, StorageCopyFailed
     */
    void copy(Work.Course course) {
        requireFits();
        if (!directory.hard() || exchanged()) {
            return;
        }
        if (!processes.postgresReady()) {
            throw EngineFault.passing("it does not run", ProblemCode.EngineNotResponding);
        }
        StorageCopy copy = copy();
        List<String> slots = copy.otherSlots();
        if (!slots.isEmpty()) {
            throw EngineFault.lasting(null, ProblemCode.StorageSlotInTheWay, String.join(", ", slots));
        }
        course.say(Messages.text("engine.doing.storage.make"));
        house.volumes().make(directory, change.toString(), gib);
        house.provisioning().lay(file);
        course.say(Messages.text("engine.doing.storage.copy"));
        copy.fill(house.background(), course);
        copy.demote();
        copy.follow(gib, NEAR_BYTES, course);
    }

    private void requireFits() {
        if (exchanged()) {
            return;
        }
        StorageMeter meter = new StorageMeter(file, directory);
        long used = meter.there() ? meter.storage().usedBytes() : 0;
        int least = Storage.leastGib(used);
        if (gib < least) {
            throw EngineFault.lasting(
                    null,
                    ProblemCode.StorageTooSmall,
                    gib,
                    used >> 20,
                    Storage.marginBytes(gib * BYTES_PER_GIB) >> 20,
                    least);
        }
    }

    /**
     * Takes the copy into use.
     *
     * @param start starts what the server file says, or does nothing when it runs
     * @throws EngineFault EngineTransactionInTheWay, EnginePoolerNotHeld, StorageCopyFailed, EngineStartFailed,
     *     EngineNotResponding
     */
    void change(Consumer<ServerFile> start, Work.Course course) {
        int before = ShrinkFile.read(directory, change)
                .map(ShrinkFile::gibBefore)
                .orElse(file.specification().storageGib());
        if (!directory.hard()) {
            requireFits();
            keep(file.stored(gib));
            StorageGuard.reload(directory);
            ShrinkFile.begun(change, before, gib, null)
                    .switched(false, Duration.ZERO, null)
                    .write(directory);
        } else if (exchanged()) {
            finish(before, start);
        } else {
            exchange(before, start, course);
        }
        house.guard().look(file.key());
    }

    /** A portal died after the exchange and before it was all done. */
    private void finish(int before, Consumer<ServerFile> start) {
        ServerFile smaller = file.stored(gib);
        keep(smaller);
        start.accept(smaller);
        ShrinkFile told =
                ShrinkFile.read(directory, change).orElseGet(() -> ShrinkFile.begun(change, before, gib, null));
        if (!told.switched()) {
            told.switched(true, Duration.ZERO, null).write(directory);
        }
    }

    private void exchange(int before, Consumer<ServerFile> start, Work.Course course) {
        start.accept(file);
        requireFits();
        StorageCopy copy = copy();
        if (!copy.usable()) {
            throw EngineFault.lasting(null, ProblemCode.StorageCopyFailed, Messages.text("engine.fault.anew"));
        }
        copy.demote();
        copy.follow(gib, NEAR_BYTES, course);
        course.say(Messages.text("engine.doing.checkpoint"));
        copy.checkpoint();
        copy.follow(gib, CLOSE_BYTES, course);
        ShrinkFile told = ShrinkFile.begun(change, before, gib, PoolerMeter.read(file, directory))
                .write(directory);
        Compute compute = file.specification().compute();
        List<Path> groups =
                house.limits().apply(file.shortName(), Resizing.hurried(compute), Throttle.device(directory.base()));
        ClientHold hold = new ClientHold(file, directory, house.settings().home());
        course.say(Messages.text("engine.doing.clients"));
        Duration held = Duration.ZERO;
        try {
            hold.begin();
            long begun = System.nanoTime();
            try {
                exchangeHeld(copy, groups, course);
                hold.reread();
            } catch (RuntimeException e) {
                course.say(Messages.text("engine.doing.storage.back"));
                back(copy, groups, course);
                throw e;
            } finally {
                hold.end();
                held = Duration.ofNanos(System.nanoTime() - begun);
            }
        } finally {
            house.limits().apply(file.shortName(), compute, Throttle.device(directory.base()));
        }
        Resized.Traffic traffic = told.meter() == null ? null : told.meter().since(file, directory);
        told.switched(true, held, traffic).write(directory);
    }

    private void exchangeHeld(StorageCopy copy, List<Path> groups, Work.Course course) {
        processes.rest(course);
        copy.requireWhole();
        copy.copyLogs();
        copy.end();
        copy.promote();
        house.volumes().exchange(directory, change);
        // Before a client writes to it: after a power cut the server must not be found on the disk it had.
        Disk.settle(directory.member());
        keep(file.stored(gib));
        processes.wake(tools(), groups, course);
    }

    /** While nobody but the server itself has written to the copy. */
    private void back(StorageCopy copy, List<Path> groups, Work.Course course) {
        if (exchanged()) {
            processes.rest(course);
            copy.forsake();
            house.volumes().exchangeBack(directory, change);
            Disk.settle(directory.member());
        }
        copy.end();
        keep(file);
        processes.wake(tools(), groups, course);
    }

    private void keep(ServerFile now) {
        house.directories().update(now);
        new ServerSettings(now, directory, house.settings()).write();
    }

    /** Takes the storage before into use again. */
    void goBack() {
        if (processes.postgresRuns()) {
            throw EngineFault.lasting("PostgreSQL runs", ProblemCode.Internal);
        }
        Path former = directory.former(change);
        if (Files.isSymbolicLink(former)) {
            int before = ShrinkFile.read(directory, change)
                    .map(ShrinkFile::gibBefore)
                    .orElse(gib);
            keep(file.stored(before));
            house.volumes().exchangeBack(directory, change);
            StorageCopy.forgetSlot(directory);
            directory.flush();
        }
        house.volumes().discard(directory, change);
    }

    /** Removes the copy, or the storage that it has replaced. */
    void drop() {
        if (!directory.hard()) {
            return;
        }
        if (!exchanged()) {
            copy().end();
            new ClientHold(file, directory, house.settings().home()).endLeft();
            if (processes.postgresReady()) {
                copy().dropSlot();
            } else if (!processes.postgresRuns()) {
                StorageCopy.forgetSlot(directory);
            }
        }
        house.volumes().discard(directory, change);
    }
}

package io.howdah.engine.host;

import io.howdah.shared.ProblemCode;

/** Gives a server more storage while it runs. What an interrupted one has done already is done again, and changes nothing. */
final class Growth {

    private final HostSettings settings;
    private final ServerDirectories directories;
    private final Volumes volumes;
    private final StorageGuard guard;

    Growth(HostSettings settings, ServerDirectories directories, Volumes volumes, StorageGuard guard) {
        this.settings = settings;
        this.directories = directories;
        this.volumes = volumes;
        this.guard = guard;
    }

    /** @throws EngineFault StorageOnlyGrows, EngineDiskFull */
    void run(ServerFile file, int storageGib) {
        int has = file.specification().storageGib();
        if (storageGib < has) {
            throw EngineFault.lasting(
                    null, ProblemCode.StorageOnlyGrows, file.specification().name(), has);
        }
        ServerDirectory directory = directories.of(file.key());
        if (directory.hard()) {
            volumes.grow(directory, storageGib);
        }
        ServerFile grown = file.stored(storageGib);
        directories.update(grown);
        new ServerSettings(grown, directory, settings).write();
        StorageGuard.reload(directory);
        guard.look(file.key());
    }
}

package io.howdah.engine.host;

import io.howdah.engine.DroppedSlot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** What is remembered of the guard's doings with a server, kept as {@code run/storage.json}. */
record StorageFile(List<DroppedSlot> droppedSlots) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int REMEMBERED = 20;

    private static Path of(ServerDirectory directory) {
        return directory.run().resolve("storage.json");
    }

    static StorageFile read(ServerDirectory directory) {
        try {
            return JSON.readValue(Files.readString(of(directory)), StorageFile.class);
        } catch (NoSuchFileException e) {
            return new StorageFile(List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    StorageFile with(DroppedSlot slot) {
        List<DroppedSlot> all = new ArrayList<>(droppedSlots);
        all.add(slot);
        return new StorageFile(all.subList(Math.max(0, all.size() - REMEMBERED), all.size()));
    }

    void write(ServerDirectory directory) {
        Disk.write(of(directory), JSON.writeValueAsString(this), "rw-------", null);
    }
}

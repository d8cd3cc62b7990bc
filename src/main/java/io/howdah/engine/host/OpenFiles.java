package io.howdah.engine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files a process of the portal's user may have open: each of a pooler's clients takes one. */
final class OpenFiles {

    private static final int USUAL = 1024;

    private OpenFiles() {}

    static int limit() {
        try {
            return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                    .filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split("\\s+"))
                    // soft, then hard: the keeper raises the one to the other
                    .map(words -> words[4])
                    .mapToInt(hard -> hard.matches("\\d{1,9}") ? Integer.parseInt(hard) : 1_000_000)
                    .findFirst()
                    .orElse(USUAL);
        } catch (IOException e) {
            return USUAL;
        }
    }
}

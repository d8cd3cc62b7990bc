package io.howdah.engine.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.stream.Stream;

/** Processes of a server that no keeper answers for, such as the initdb of a portal that was killed. */
final class Leftovers {

    private static final int TRIES = 500;
    private static final int POLL_MILLIS = 10;

    private Leftovers() {}

    /** @return whether there was any that still lived */
    static boolean kill(ServerFile file, ServerDirectory directory) {
        return file.user() == null ? killInhabitants(directory) : killAllOf(file.user());
    }

    /** A server's own OS user runs nothing but the server. */
    private static boolean killAllOf(String user) {
        Optional<UserPrincipal> owner = ServiceUsers.find(user);
        return owner.isPresent() && killWhere(process -> Files.getOwner(process).equals(owner.get()));
    }

    /** Without a user of its own, what belongs to the server is what works in its directory. */
    private static boolean killInhabitants(ServerDirectory directory) {
        return killWithin(directory.member());
    }

    /** Ends all that works in the directory and waits until it has ended, for some seconds at the most. */
    static void endWithin(Path directory) {
        for (int i = 0; i < TRIES && killWithin(directory); i++) {
            Pause.millis(POLL_MILLIS);
        }
    }

    private static boolean killWithin(Path directory) {
        return killWhere(
                process -> Files.readSymbolicLink(process.resolve("cwd")).startsWith(directory));
    }

    private interface Condition {
        boolean holds(Path process) throws IOException;
    }

    /** @return whether there was any that still lives */
    private static boolean killWhere(Condition condition) {
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.filter(entry -> entry.getFileName().toString().matches("\\d+"))
                            .filter(process -> holds(condition, process))
                            .filter(process ->
                                    kill(Long.parseLong(process.getFileName().toString())))
                            .count()
                    > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holds(Condition condition, Path process) {
        try {
            return condition.holds(process);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean kill(long pid) {
        Optional<ProcessMark> process = ProcessMark.of(pid);
        process.ifPresent(ProcessMark::kill);
        return process.isPresent();
    }
}

package io.howdah.engine.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Carries what one program writes into another, in a thread of its own, and counts it. */
final class DumpPump {

    private static final int CHUNK = 1 << 16;

    private final InputStream dump;
    private final byte[] begin;
    private volatile long done;
    private volatile IOException trouble;

    /** Returns when the first of it is there, or all of it. */
    DumpPump(InputStream dump) throws IOException {
        this.dump = dump;
        this.begin = dump.readNBytes(CHUNK);
    }

    void into(Process program) {
        Thread.ofPlatform().daemon().name("pump-" + program.pid()).start(() -> carry(program));
    }

    private void carry(Process program) {
        byte[] chunk = new byte[CHUNK];
        try (OutputStream into = program.getOutputStream()) {
            into.write(begin);
            done = begin.length;
            for (int some = read(chunk, program); some >= 0; some = read(chunk, program)) {
                into.write(chunk, 0, some);
                done += some;
            }
        } catch (IOException theProgramEnded) {
            // It says itself why.
            return;
        }
    }

    /** Half a dump must not look like a whole one: the reader ends before its input does. */
    private int read(byte[] chunk, Process program) throws IOException {
        try {
            return dump.read(chunk);
        } catch (IOException e) {
            trouble = e;
            program.destroyForcibly();
            throw e;
        }
    }

    long done() {
        return done;
    }

    /** What the dump broke off with, or null. */
    IOException trouble() {
        return trouble;
    }
}

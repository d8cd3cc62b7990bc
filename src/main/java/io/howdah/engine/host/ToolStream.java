package io.howdah.engine.host;

import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * What a program writes, as it writes it. A program that fails ends the stream with an error instead of an end, so that half
 * a file is never taken for a whole one; closing the stream ends the program.
 */
final class ToolStream extends FilterInputStream {

    private static final int LONGEST_COMPLAINT = 4_000;

    private final Process process;
    private final CompletableFuture<String> complaints;

    ToolStream(Process process) {
        super(process.getInputStream());
        this.process = process;
        this.complaints = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .name("complaints-" + process.pid())
                .start(() -> complaints.complete(read(process)));
    }

    private static String read(Process process) {
        try {
            String text = new String(process.getErrorStream().readNBytes(LONGEST_COMPLAINT), StandardCharsets.UTF_8);
            process.getErrorStream().transferTo(java.io.OutputStream.nullOutputStream());
            return text;
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        if (one < 0) {
            requireWell();
        }
        return one;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        int some = super.read(bytes, from, count);
        if (some < 0) {
            requireWell();
        }
        return some;
    }

    private void requireWell() throws IOException {
        try {
            if (process.waitFor() != 0) {
                throw new IOException(complaints.join().strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        super.close();
    }
}

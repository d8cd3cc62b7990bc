package io.howdah.engine.host;

/** What a unit of work has to say, bounded: the beginning is kept, since that is where things go wrong first. */
final class UnitOutput {

    static final int LIMIT = 256 * 1024;
    private static final int LONGEST_LAST = 2_000;
    private static final String CUT = "\n[More was said, but is not kept.]\n";

    private final StringBuilder text = new StringBuilder();
    private boolean full;

    UnitOutput(String before) {
        add(before);
    }

    synchronized void line(String line) {
        add(line + "\n");
    }

    /** What must be read however much came before it: the end of the story. */
    synchronized void last(String line) {
        text.append(line, 0, Math.min(line.length(), LONGEST_LAST)).append('\n');
    }

    private void add(String more) {
        if (full) {
            return;
        }
        int room = LIMIT - CUT.length() - text.length();
        // A NUL can't be kept in the metadata database.
        String clean = more.replace('\0', '\uFFFD');
        if (clean.length() <= room) {
            text.append(clean);
        } else {
            text.append(clean, 0, Math.max(0, room)).append(CUT);
            full = true;
        }
    }

    synchronized String text() {
        return text.toString();
    }
}

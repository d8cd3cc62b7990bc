package io.howdah.shell;

import io.howdah.server.ServerState;

/** The state of a server. */
public class StateBadge extends Badge {

    public StateBadge(ServerState state) {
        setState(state);
    }

    public final void setState(ServerState state) {
        Tone tone =
                switch (state) {
                    case READY -> Tone.GOOD;
                    case PROVISIONING, UPDATING, RESTARTING, STARTING, STOPPING, DROPPING -> Tone.BUSY;
                    case STOPPED -> Tone.QUIET;
                    case DISABLED -> Tone.WARNING;
                    case INACCESSIBLE -> Tone.BAD;
                };
        Glyph glyph =
                switch (state) {
                    case READY -> Glyph.CIRCLE_CHECK;
                    case PROVISIONING, UPDATING, RESTARTING, STARTING, STOPPING, DROPPING -> Glyph.LOADER_CIRCLE;
                    case STOPPED -> Glyph.CIRCLE_STOP;
                    case DISABLED -> Glyph.CIRCLE_OFF;
                    case INACCESSIBLE -> Glyph.TRIANGLE_ALERT;
                };
        show(tone, glyph, state.words());
    }
}

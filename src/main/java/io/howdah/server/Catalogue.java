package io.howdah.server;

import io.howdah.engine.Capabilities;
import io.howdah.engine.EngineVersion;
import io.howdah.engine.Room;
import java.util.List;

/**
 * What can be created here and now.
 *
 * @param versions those installed, newest first
 * @param sizes those that fit the place
 * @param room what the place has
 * @param promisedMemoryMib memory promised to existing servers
 * @param graceDays how long a deleted server's data is kept
 */
public record Catalogue(
        List<EngineVersion> versions,
        List<Size> sizes,
        Room room,
        int promisedMemoryMib,
        Capabilities capabilities,
        int graceDays) {}

package io.howdah.scaling;

import io.howdah.engine.Capabilities;
import io.howdah.server.Autogrow;
import io.howdah.server.FormerStorage;
import io.howdah.server.StorageChangeView;
import io.howdah.server.StorageSeen;
import io.howdah.server.StoredServer;
import java.util.List;

/**
 * A server's storage.
 *
 * @param seen how full it was when it was looked at last; null before that
 * @param changes the newest first
 * @param former the disk it had before it was given less storage, or null
 * @param leastGib the smallest that it could be given; what it has when there is no smaller one
 * @param keptDays for how long the disk before is kept after it was given less
 * @param roomGib free on the place, in whole GiB
 */
public record StorageView(
        StoredServer server,
        StorageSeen seen,
        Autogrow autogrow,
        List<StorageChangeView> changes,
        FormerStorage former,
        int leastGib,
        int keptDays,
        Capabilities capabilities,
        int roomGib) {}

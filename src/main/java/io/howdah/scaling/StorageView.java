package io.howdah.scaling;

import io.howdah.engine.Capabilities;
import io.howdah.server.Autogrow;
import io.howdah.server.StorageChangeView;
import io.howdah.server.StorageSeen;
import io.howdah.server.StoredServer;
import java.util.List;

/**
 * A server's storage.
 *
 * @param seen how full it was when it was looked at last; null before that
 * @param changes the newest first
 * @param roomGib free on the place, in whole GiB
 */
public record StorageView(
        StoredServer server,
        StorageSeen seen,
        Autogrow autogrow,
        List<StorageChangeView> changes,
        Capabilities capabilities,
        int roomGib) {}

package io.howdah.server;

import io.howdah.engine.SettingChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A change of size that has been carried out.
 *
 * @param restarted whether PostgreSQL was restarted for it
 * @param held how long clients of the pooled endpoint waited at most
 * @param transactions that went through the pooled endpoint meanwhile, or null when that is not known
 * @param failed errors that it told its clients meanwhile, or null
 * @param why it was asked for, in words; null when a person simply did
 */
public record SizeChangeView(
        UUID operationId,
        Instant at,
        String before,
        String after,
        boolean restarted,
        Duration held,
        Long transactions,
        Integer failed,
        List<SettingChange> settings,
        String why) {}

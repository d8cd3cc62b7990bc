package io.howdah.engine;

import java.time.Duration;

/**
 * What a running server's processes use.
 *
 * @param cpu processor time they have spent, counted from an instant that stays the same while PostgreSQL runs and may
 *     move when it is restarted
 * @param memoryMib in use, in MiB, without what is merely a copy of files and could be given back at once
 * @param connections client sessions of PostgreSQL, those of the pooler included
 */
public record Usage(Duration cpu, int memoryMib, int connections) {}

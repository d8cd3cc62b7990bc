/**
 * Backups and restores: when they are taken, what is kept and for how long, and what can be restored. The tools that copy
 * and replay are the engine's; here stands what people wish and what they are told.
 */
package io.howdah.backup;

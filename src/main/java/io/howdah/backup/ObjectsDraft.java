package io.howdah.backup;

/**
 * What somebody wants back.
 *
 * @param database as it was then
 * @param tables schema and name of each, with commas between; null for the whole database
 * @param into a new database for all of it, an existing one for tables
 * @param schema for tables, else null
 * @param existing whether that schema is there and the tables come to what it holds; else it is made
 */
public record ObjectsDraft(String database, String tables, String into, String schema, boolean existing) {}

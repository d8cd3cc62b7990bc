/** Runs PostgreSQL servers as processes of one Linux host. */
package io.howdah.engine.host;

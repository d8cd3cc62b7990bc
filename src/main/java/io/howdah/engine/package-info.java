/** What a place that runs PostgreSQL must be able to do; no implementation lives here. */
package io.howdah.engine;

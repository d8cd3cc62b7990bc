/** The few things every feature speaks of: problems, texts, time, identifiers, settings. */
package io.howdah.shared;

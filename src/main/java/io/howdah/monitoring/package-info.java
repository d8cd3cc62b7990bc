/** What servers use, minute by minute. */
package io.howdah.monitoring;

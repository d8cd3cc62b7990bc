/**
 * Telling people what happened: in the portal, by mail, and to their webhooks. Each chooses what they want to know, and
 * is told only what they may see.
 */
package io.howdah.notification;

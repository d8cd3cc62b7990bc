/** The portal's frame: layout, navigation, theme, and the small components that all pages share. */
package io.howdah.shell;

/**
 * Plug-ins: jars that offer a Guice module through {@link java.util.ServiceLoader} and so add to
 * idem's catalogues. Each has a class loader and an injector of its own; errors in one are reported
 * in a line, and the others still work. Start with {@link dev.idem.cli.plugin.Plugins}.
 */
@NullMarked
package dev.idem.cli.plugin;

import org.jspecify.annotations.NullMarked;

/** Plug-ins from the outside: compiled, packed and used. */
@NullMarked
package dev.idem.cli.plugin;

import org.jspecify.annotations.NullMarked;

/** With what, and where, a result was computed. */
@NullMarked
package dev.idem.cli.environment;

import org.jspecify.annotations.NullMarked;

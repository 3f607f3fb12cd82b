/** The software and machine that a result was computed with. */
@NullMarked
package dev.idem.cli.environment;

import org.jspecify.annotations.NullMarked;

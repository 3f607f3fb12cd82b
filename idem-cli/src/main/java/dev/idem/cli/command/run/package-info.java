/** Runs that are described in files, interrupted and resumed, done again and exported. */
@NullMarked
package dev.idem.cli.command.run;

import org.jspecify.annotations.NullMarked;

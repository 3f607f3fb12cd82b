/** Commands that run, resume, reproduce and export experiments. */
@NullMarked
package dev.idem.cli.command.run;

import org.jspecify.annotations.NullMarked;

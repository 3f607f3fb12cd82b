/** The {@code idem} command and its subcommands, one class each. */
@NullMarked
package dev.idem.cli.command;

import org.jspecify.annotations.NullMarked;

/** The subcommands of {@code idem}, one class each. */
@NullMarked
package dev.idem.cli.command;

import org.jspecify.annotations.NullMarked;

/** Entry point of the {@code idem} command; its subcommands are in {@code dev.idem.cli.command}. */
@NullMarked
package dev.idem.cli;

import org.jspecify.annotations.NullMarked;

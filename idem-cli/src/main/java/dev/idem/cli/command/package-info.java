/**
 * The {@code idem} command: start with {@link dev.idem.cli.command.IdemCommand}, which lists the
 * subcommands, and {@link dev.idem.cli.command.IdemModule}, which binds what they run with.
 */
@NullMarked
package dev.idem.cli.command;

import org.jspecify.annotations.NullMarked;

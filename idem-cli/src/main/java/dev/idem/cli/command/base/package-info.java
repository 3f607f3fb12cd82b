/** Exit codes and options shared by all groups of subcommands. */
@NullMarked
package dev.idem.cli.command.base;

import org.jspecify.annotations.NullMarked;

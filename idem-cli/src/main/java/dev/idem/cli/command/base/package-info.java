/**
 * What every group of subcommands needs: the exit codes and the options of commands that compute.
 */
@NullMarked
package dev.idem.cli.command.base;

import org.jspecify.annotations.NullMarked;

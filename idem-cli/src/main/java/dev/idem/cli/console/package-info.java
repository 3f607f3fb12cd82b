/** Progress of long tasks on the console: {@link dev.idem.cli.console.ConsoleProgress}. */
@NullMarked
package dev.idem.cli.console;

import org.jspecify.annotations.NullMarked;

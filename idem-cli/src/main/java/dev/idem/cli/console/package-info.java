/** What a person sees while a long task runs: {@link dev.idem.cli.console.ConsoleProgress}. */
@NullMarked
package dev.idem.cli.console;

import org.jspecify.annotations.NullMarked;

/** Commands that train a generator, and sample, project and interpolate with it. */
@NullMarked
package dev.idem.cli.command.generator;

import org.jspecify.annotations.NullMarked;

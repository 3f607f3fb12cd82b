/** Training a generator, and making, projecting and interpolating images with it. */
@NullMarked
package dev.idem.cli.command.generator;

import org.jspecify.annotations.NullMarked;

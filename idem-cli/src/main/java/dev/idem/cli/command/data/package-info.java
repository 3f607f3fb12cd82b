/** {@code idem data} and what the commands read images from. */
@NullMarked
package dev.idem.cli.command.data;

import org.jspecify.annotations.NullMarked;

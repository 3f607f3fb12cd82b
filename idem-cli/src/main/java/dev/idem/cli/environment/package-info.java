/** The software and machine of a result, and what is said of failures. */
@NullMarked
package dev.idem.cli.environment;

import org.jspecify.annotations.NullMarked;

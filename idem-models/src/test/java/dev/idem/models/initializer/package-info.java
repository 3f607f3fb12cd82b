/** Tests of the starting values. */
@NullMarked
package dev.idem.models.initializer;

import org.jspecify.annotations.NullMarked;

/** Starting values of parameters: start with {@link dev.idem.models.initializer.Initializers}. */
@NullMarked
package dev.idem.models.initializer;

import org.jspecify.annotations.NullMarked;

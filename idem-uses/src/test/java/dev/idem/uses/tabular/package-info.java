/** Tests of the restoration of rows. */
@NullMarked
package dev.idem.uses.tabular;

import org.jspecify.annotations.NullMarked;

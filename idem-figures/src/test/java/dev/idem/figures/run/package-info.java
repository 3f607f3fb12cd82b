/** Tests of the pages of runs. */
@NullMarked
package dev.idem.figures.run;

import org.jspecify.annotations.NullMarked;

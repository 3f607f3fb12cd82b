/**
 * The page of a run: {@link dev.idem.figures.run.RunReport} writes what a run folder holds, {@link
 * dev.idem.figures.run.SeedsReport} what those of several seeds hold.
 */
@NullMarked
package dev.idem.figures.run;

import org.jspecify.annotations.NullMarked;

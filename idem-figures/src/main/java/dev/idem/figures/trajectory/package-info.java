/** Training trajectories: {@link dev.idem.figures.trajectory.TrajectoryFigure}. */
@NullMarked
package dev.idem.figures.trajectory;

import org.jspecify.annotations.NullMarked;

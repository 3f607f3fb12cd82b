/** Measuring maps, comparing measurements, and the classifier they are measured with. */
@NullMarked
package dev.idem.cli.command.evaluation;

import org.jspecify.annotations.NullMarked;

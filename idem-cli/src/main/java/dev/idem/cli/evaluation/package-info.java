/**
 * Evaluations as folders, tables and figures: {@link dev.idem.cli.evaluation.EvaluationFolder}
 * writes and reads them, {@link dev.idem.cli.evaluation.EvaluationText} and {@link
 * dev.idem.cli.evaluation.ComparisonText} print them.
 */
@NullMarked
package dev.idem.cli.evaluation;

import org.jspecify.annotations.NullMarked;

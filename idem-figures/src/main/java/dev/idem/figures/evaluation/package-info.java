/**
 * Evaluations as folders, tables and figures: {@link dev.idem.figures.evaluation.EvaluationFolder}
 * writes and reads them, {@link dev.idem.figures.evaluation.EvaluationText} prints them.
 */
@NullMarked
package dev.idem.figures.evaluation;

import org.jspecify.annotations.NullMarked;

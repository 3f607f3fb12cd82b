/**
 * All metrics of one map in one table. Start at {@link dev.idem.eval.evaluation.Evaluation}, which
 * takes a map and its inputs and gives {@link dev.idem.eval.evaluation.EvaluationResult.Entry
 * entries}, each a number with its interval, its floor and what is to be said against it, and the
 * values of single samples behind them. {@link dev.idem.eval.evaluation.EvaluationComparison} sets
 * several such tables side by side.
 */
@NullMarked
package dev.idem.eval.evaluation;

import org.jspecify.annotations.NullMarked;

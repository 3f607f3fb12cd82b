/**
 * Runs of experiments, each in a folder of its own, which can be interrupted and resumed; start
 * with {@link dev.idem.runs.Runs}.
 */
@NullMarked
package dev.idem.runs;

import org.jspecify.annotations.NullMarked;

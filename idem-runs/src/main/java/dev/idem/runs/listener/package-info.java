/**
 * Listeners of a run: log files, averages of the weights, and {@link
 * dev.idem.runs.listener.IsolatedListener}, which keeps a failing listener from ending the run.
 */
@NullMarked
package dev.idem.runs.listener;

import org.jspecify.annotations.NullMarked;

/**
 * Listeners of a run: files of its numbers, averages of its weights, and {@link
 * dev.idem.runs.listener.IsolatedListener}, which keeps a failing one from ending it.
 */
@NullMarked
package dev.idem.runs.listener;

import org.jspecify.annotations.NullMarked;

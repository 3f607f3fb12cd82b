/**
 * Watches a training run for collapse, while it runs: hand a {@link
 * dev.idem.eval.collapse.CollapseAlarm} to the engine as a listener. It warns, stops the run if
 * asked to by its {@link dev.idem.eval.collapse.AlarmRule}, and keeps what it saw.
 */
@NullMarked
package dev.idem.eval.collapse;

import org.jspecify.annotations.NullMarked;

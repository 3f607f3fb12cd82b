/**
 * How near restored images are to the clean ones they came from. Start at {@link
 * dev.idem.eval.restoration.RestorationMetrics}.
 */
@NullMarked
package dev.idem.eval.restoration;

import org.jspecify.annotations.NullMarked;

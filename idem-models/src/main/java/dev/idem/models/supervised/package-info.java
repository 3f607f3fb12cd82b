/**
 * Supervised training: samples are pairs, the input followed by the target, of a {@link
 * dev.idem.models.supervised.PairedSource}; a network in {@link
 * dev.idem.models.supervised.CarriedTarget} maps the first half and hands on the second; {@link
 * dev.idem.models.supervised.TargetStrategy} compares the two, and any other strategy acts on the
 * first half alone in {@link dev.idem.models.supervised.OnInput}.
 */
@NullMarked
package dev.idem.models.supervised;

import org.jspecify.annotations.NullMarked;

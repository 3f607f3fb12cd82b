/**
 * What samples are compared by: a {@link dev.idem.eval.feature.FeatureSpace} turns samples to rows
 * of features, a {@link dev.idem.eval.feature.LabelClassifier} to probabilities of classes. Either
 * may be a network, handed in as a function. Start at {@code FeatureSpace.raw} or {@code
 * FeatureSpace.principal}.
 */
@NullMarked
package dev.idem.eval.feature;

import org.jspecify.annotations.NullMarked;

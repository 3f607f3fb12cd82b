/**
 * A classifier of digits, trained by this project: a feature space to compare images in, and labels
 * for unlabelled images. Start at {@link dev.idem.models.classifier.DigitClassifier#embedded};
 * {@link dev.idem.models.classifier.ClassifierTraining} trains another.
 */
@NullMarked
package dev.idem.models.classifier;

import org.jspecify.annotations.NullMarked;

/** Tests of the classifier of digits. */
@NullMarked
package dev.idem.models.classifier;

import org.jspecify.annotations.NullMarked;

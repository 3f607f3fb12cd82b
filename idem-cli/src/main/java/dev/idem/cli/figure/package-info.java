/** The paper's figures, one class each: models, training and metrics tied together. */
@NullMarked
package dev.idem.cli.figure;

import org.jspecify.annotations.NullMarked;

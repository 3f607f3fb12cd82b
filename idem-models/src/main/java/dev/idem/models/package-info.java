/**
 * What there is to train and to train on: networks in {@link dev.idem.models.network}, their
 * starting values in {@link dev.idem.models.initializer}, samples in {@link dev.idem.models.data}.
 */
@NullMarked
package dev.idem.models;

import org.jspecify.annotations.NullMarked;

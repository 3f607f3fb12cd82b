/**
 * Networks and data to train them on: networks in {@link dev.idem.models.network}, their starting
 * values in {@link dev.idem.models.initializer}, samples in {@link dev.idem.models.data}. {@link
 * dev.idem.models.classifier} holds a trained classifier of digits; {@link dev.idem.models.storage}
 * writes trained networks to files.
 */
@NullMarked
package dev.idem.models;

import org.jspecify.annotations.NullMarked;

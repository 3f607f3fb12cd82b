/**
 * Functions stored as TensorFlow SavedModels: {@link dev.idem.tf.savedmodel.SavedModelFunction}
 * applies any of them, {@link dev.idem.tf.savedmodel.SavedModelExport} writes a network as one.
 */
@NullMarked
package dev.idem.tf.savedmodel;

import org.jspecify.annotations.NullMarked;

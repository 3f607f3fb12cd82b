/**
 * Functions that TensorFlow stores as folders: {@link dev.idem.tf.savedmodel.SavedModelFunction}
 * applies anyone's, {@link dev.idem.tf.savedmodel.SavedModelExport} writes a network as one.
 */
@NullMarked
package dev.idem.tf.savedmodel;

import org.jspecify.annotations.NullMarked;

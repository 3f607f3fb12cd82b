/** Where TensorFlow computes: {@link dev.idem.tf.device.Device} and which of them are there. */
@NullMarked
package dev.idem.tf.device;

import org.jspecify.annotations.NullMarked;

/** TensorFlow Java engine: gradient tape, custom gradients, optimisers, training loop, devices. */
@NullMarked
package dev.idem.tf;

import org.jspecify.annotations.NullMarked;

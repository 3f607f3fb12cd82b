/** Images to train on from a folder of files. */
@NullMarked
package dev.idem.generative.data;

import org.jspecify.annotations.NullMarked;

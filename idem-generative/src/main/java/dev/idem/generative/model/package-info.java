/** A trained generator as a folder of files. */
@NullMarked
package dev.idem.generative.model;

import org.jspecify.annotations.NullMarked;

/**
 * Compression: autoencoders with a rounded code, their rate, and what is lost when images are
 * compressed again and again.
 */
@NullMarked
package dev.idem.uses.compression;

import org.jspecify.annotations.NullMarked;

/** Trained networks as files: whole ones, with their length and hash, on any machine. */
@NullMarked
package dev.idem.models.storage;

import org.jspecify.annotations.NullMarked;

/**
 * Trained networks as files, written atomically and recorded with length and hash, for any machine.
 */
@NullMarked
package dev.idem.models.storage;

import org.jspecify.annotations.NullMarked;

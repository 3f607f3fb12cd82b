/** Implementations by name: {@link dev.idem.runs.catalogue.Catalogue}. */
@NullMarked
package dev.idem.runs.catalogue;

import org.jspecify.annotations.NullMarked;

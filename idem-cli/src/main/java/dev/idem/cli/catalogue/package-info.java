/**
 * Implementations by name, and suggestions for a mistyped name: {@link
 * dev.idem.cli.catalogue.Catalogue}.
 */
@NullMarked
package dev.idem.cli.catalogue;

import org.jspecify.annotations.NullMarked;

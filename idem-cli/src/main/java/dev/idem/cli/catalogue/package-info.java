/**
 * Implementations by name, and answers to a mistyped name: {@link
 * dev.idem.cli.catalogue.Catalogue}.
 */
@NullMarked
package dev.idem.cli.catalogue;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.idem.figures.sweep;

import org.jspecify.annotations.NullMarked;

/** Tests of what uses share. */
@NullMarked
package dev.idem.uses;

import org.jspecify.annotations.NullMarked;

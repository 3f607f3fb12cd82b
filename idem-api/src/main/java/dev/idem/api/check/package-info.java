/**
 * Argument checks with messages that name the thing, its value and the rule, and how numbers are
 * written.
 */
@NullMarked
package dev.idem.api.check;

import org.jspecify.annotations.NullMarked;

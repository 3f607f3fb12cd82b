/** Argument checks with messages that name the thing, its value and the rule. */
@NullMarked
package dev.idem.api.check;

import org.jspecify.annotations.NullMarked;

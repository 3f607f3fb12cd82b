/**
 * Restoration of damaged rows of a table, with {@code ||f(x) - x||} as a score of anomaly: {@link
 * dev.idem.uses.tabular.TabularRows}.
 */
@NullMarked
package dev.idem.uses.tabular;

import org.jspecify.annotations.NullMarked;

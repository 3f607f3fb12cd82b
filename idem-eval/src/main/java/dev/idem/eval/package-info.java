/** Idempotency metrics, comparisons with statistics, figures and the report; no engine. */
@NullMarked
package dev.idem.eval;

import org.jspecify.annotations.NullMarked;

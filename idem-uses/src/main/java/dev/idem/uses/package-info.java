/**
 * The uses that idempotent maps were made for, as tasks on which strategies and networks are
 * compared: each is a {@link dev.idem.uses.UseFamily}, drawn and judged by {@link
 * dev.idem.uses.UseFigure}.
 */
@NullMarked
package dev.idem.uses;

import org.jspecify.annotations.NullMarked;

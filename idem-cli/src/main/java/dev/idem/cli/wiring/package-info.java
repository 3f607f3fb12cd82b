/**
 * The composition root: which implementations the command runs with, start with {@link
 * dev.idem.cli.wiring.IdemModule}.
 */
@NullMarked
package dev.idem.cli.wiring;

import org.jspecify.annotations.NullMarked;

/** The idem command: composition root, console, the paper's figures. */
@NullMarked
package dev.idem.cli;

import org.jspecify.annotations.NullMarked;

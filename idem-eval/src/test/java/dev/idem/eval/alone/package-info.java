/** What a user of idem-eval has who adds nothing else: tests of that, and no code. */
@NullMarked
package dev.idem.eval.alone;

import org.jspecify.annotations.NullMarked;

/** Benchmarks: idem's training step against PyTorch's and against the machine's ceiling. */
@NullMarked
package dev.idem.bench;

import org.jspecify.annotations.NullMarked;

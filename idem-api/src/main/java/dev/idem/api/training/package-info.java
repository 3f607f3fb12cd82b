/** Training runs: task, plan, engine, listeners and the trained network. */
@NullMarked
package dev.idem.api.training;

import org.jspecify.annotations.NullMarked;

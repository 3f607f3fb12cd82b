/** Sweeps on Apache Spark: each run is a task of one Spark job. */
@NullMarked
package dev.idem.spark;

import org.jspecify.annotations.NullMarked;

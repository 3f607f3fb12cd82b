/** Tests of sweeps on Spark, in threads and on a cluster of processes. */
@NullMarked
package dev.idem.spark;

import org.jspecify.annotations.NullMarked;

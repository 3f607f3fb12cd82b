/** Tests of the sources of samples; files are written by the tests. */
@NullMarked
package dev.idem.models.data;

import org.jspecify.annotations.NullMarked;

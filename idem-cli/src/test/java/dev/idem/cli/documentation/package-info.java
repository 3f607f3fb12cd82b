/** Tests that the pages say what is true. */
@NullMarked
package dev.idem.cli.documentation;

import org.jspecify.annotations.NullMarked;

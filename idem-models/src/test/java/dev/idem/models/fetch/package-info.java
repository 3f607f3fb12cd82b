/** Tests of fetching, against a server on this machine that misbehaves in every way it can. */
@NullMarked
package dev.idem.models.fetch;

import org.jspecify.annotations.NullMarked;

/** Tests of the networks, on an algebra that records what they compute. */
@NullMarked
package dev.idem.models.network;

import org.jspecify.annotations.NullMarked;

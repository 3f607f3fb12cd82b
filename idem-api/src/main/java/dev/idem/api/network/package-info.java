/** Networks, independent of any engine: {@link dev.idem.api.network.Network} and its parameters. */
@NullMarked
package dev.idem.api.network;

import org.jspecify.annotations.NullMarked;

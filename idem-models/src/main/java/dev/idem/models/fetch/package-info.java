/**
 * Data sets fetched over the network into a cache, checked against pinned lengths and hashes:
 * {@link dev.idem.models.fetch.DataSets} names them, {@link dev.idem.models.fetch.DataFetcher}
 * brings them, {@link dev.idem.models.fetch.DataCache} keeps them.
 *
 * <p>A file is brought to {@code NAME.part}, continued there after a break, and moved to its name
 * in one step when its length and its SHA-256 are the pinned ones: what lies under a file's own
 * name was whole when it was put there.
 */
@NullMarked
package dev.idem.models.fetch;

import org.jspecify.annotations.NullMarked;

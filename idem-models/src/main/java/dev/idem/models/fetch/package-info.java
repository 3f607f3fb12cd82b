/**
 * Data sets downloaded into a cache, checked against pinned lengths and hashes: {@link
 * dev.idem.models.fetch.DataSets} names them, {@link dev.idem.models.fetch.DataFetcher} downloads
 * them, {@link dev.idem.models.fetch.DataCache} keeps them.
 *
 * <p>A file is downloaded to {@code NAME.part}, resumed there after an interruption, and moved to
 * its name in one step when its length and its SHA-256 match: a file under its own name was whole
 * when it got it.
 */
@NullMarked
package dev.idem.models.fetch;

import org.jspecify.annotations.NullMarked;

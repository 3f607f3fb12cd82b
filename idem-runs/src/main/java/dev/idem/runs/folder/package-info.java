/** The folder of a run: {@link dev.idem.runs.folder.RunLock} restricts it to one process. */
@NullMarked
package dev.idem.runs.folder;

import org.jspecify.annotations.NullMarked;

/** Tests of pairs, of what carries them, and of strategies on their inputs. */
@NullMarked
package dev.idem.models.supervised;

import org.jspecify.annotations.NullMarked;

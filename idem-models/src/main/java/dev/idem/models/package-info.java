/** Linear maps, MLPs, CNNs, initialisers and data sets. */
@NullMarked
package dev.idem.models;

import org.jspecify.annotations.NullMarked;

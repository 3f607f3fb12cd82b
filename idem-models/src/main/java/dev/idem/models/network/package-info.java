/**
 * Networks that map a space to itself, written against the algebra and so free of any engine:
 * {@link dev.idem.models.network.LinearMap}, {@link dev.idem.models.network.Mlp}, {@link
 * dev.idem.models.network.ConvAutoencoder} and, around any of them, {@link
 * dev.idem.models.network.Networks#residual}.
 */
@NullMarked
package dev.idem.models.network;

import org.jspecify.annotations.NullMarked;

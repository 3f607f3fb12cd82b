/**
 * How a generator is trained: start with {@link dev.idem.generative.recipe.GeneratorRecipe}, a
 * value with presets, and {@link dev.idem.generative.recipe.GeneratorTraining}.
 */
@NullMarked
package dev.idem.generative.recipe;

import org.jspecify.annotations.NullMarked;

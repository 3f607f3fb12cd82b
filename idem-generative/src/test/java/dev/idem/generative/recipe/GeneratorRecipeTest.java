package dev.idem.generative.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.Schedule;
import dev.idem.api.training.TrainingPlan;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import dev.idem.generative.recipe.GenerativeObjective.IgnObjective;
import dev.idem.generative.recipe.GenerativeObjective.Method;
import dev.idem.generative.recipe.GenerativeObjective.ReconstructionObjective;
import dev.idem.generative.recipe.GeneratorRecipe.Architecture;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.Normalization;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GeneratorRecipeTest {

  private static final Shape MNIST = Shape.of(28, 28, 1);
  private static final Shape CELEBA = Shape.of(64, 64, 3);
  private static final Optimizer ADAM = new Optimizer.Adam(0.5, 0.999, 1e-8);

  private static TrainingPlan plan(long steps, int batch, double rate, long every) {
    return new TrainingPlan(
        steps,
        batch,
        rate,
        ADAM,
        new Schedule.Constant(),
        OptionalDouble.empty(),
        every,
        List.of(),
        1);
  }

  @Test
  void everyValueOfTheQuickPresetIsPinned() {
    assertThat(GeneratorRecipe.quick(Method.RECONSTRUCTION_SUBSTITUTED, MNIST))
        .isEqualTo(
            new GeneratorRecipe(
                MNIST,
                Architecture.SMALL,
                Normalization.none(),
                NoiseKind.COVARIANCE,
                ReconstructionObjective.substituted(0.4),
                plan(1_200, 64, 1e-3, 100)));
  }

  @Test
  void everyValueOfTheQuickPresetOfIgnIsPinned() {
    assertThat(GeneratorRecipe.quick(Method.IGN, MNIST))
        .isEqualTo(
            new GeneratorRecipe(
                MNIST,
                Architecture.SMALL,
                Normalization.batch(),
                NoiseKind.WHITE,
                IgnObjective.mnist(),
                plan(1_200, 64, 1e-3, 100)));
    assertThat(GeneratorRecipe.quick(Method.IGN, CELEBA).noise()).isEqualTo(NoiseKind.SPECTRAL);
  }

  @Test
  void everyValueOfThePaperPresetForCelebAIsPublished() {
    assertThat(GeneratorRecipe.paper(Method.IGN, CELEBA, 162_770))
        .isEqualTo(
            new GeneratorRecipe(
                CELEBA,
                Architecture.DCGAN,
                Normalization.batch(),
                NoiseKind.SPECTRAL,
                IgnObjective.celebA(),
                plan(1_000 * 635, 256, 1e-4, 635)));
  }

  @Test
  void everyValueOfThePaperPresetForMnistIsThatOfReImplementers() {
    assertThat(GeneratorRecipe.paper(Method.IGN, MNIST, 60_000))
        .isEqualTo(
            new GeneratorRecipe(
                MNIST,
                Architecture.DCGAN,
                Normalization.batch(),
                NoiseKind.WHITE,
                IgnObjective.reimplemented(),
                plan(100 * 234, 256, 1e-4, 234)));
  }

  @Test
  void thePapersKernelsStartFromANormalOfDeviationTwoHundredthsAndBiasesFromZero() {
    for (Shape shape : List.of(MNIST, CELEBA)) {
      ConvAutoencoder network =
          (ConvAutoencoder) GeneratorRecipe.paper(Method.IGN, shape, 1_000).network();
      assertThat(network.kernelInitializer()).isEqualTo(Initializers.normal(0.02));
      assertThat(network.biasInitializer()).isEqualTo(Initializers.zeros());
    }
  }

  @Test
  void everyArchitectureIsAMapOfImagesToThemselvesWithUniqueParameters() {
    for (Architecture architecture : Architecture.values()) {
      for (Normalization normalization :
          List.of(Normalization.none(), Normalization.batch(), Normalization.group())) {
        if (architecture == Architecture.EXACT && normalization instanceof Normalization.Batch) {
          continue;
        }
        var network = architecture.network(MNIST, normalization);
        assertThat(network.shape().size()).isEqualTo(784);
        assertThat(network.parameters()).extracting(ParameterSpec::name).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void theExactNetworkHasTheParametersOfTheSmallOneAndRefusesBatchStatistics() {
    assertThat(Architecture.EXACT.network(MNIST, Normalization.none()).parameterCount())
        .isEqualTo(Architecture.SMALL.network(MNIST, Normalization.none()).parameterCount());
    assertThatThrownBy(() -> Architecture.EXACT.network(MNIST, Normalization.batch()))
        .hasMessageContaining("use group or no normalisation");
  }

  @Test
  void thePapersNetworksHaveThePublishedNumbersOfParameters() {
    assertThat(GeneratorRecipe.paper(Method.IGN, MNIST, 1_000).network().parameterCount())
        .isEqualTo(2_953_985);
    assertThat(GeneratorRecipe.paper(Method.IGN, CELEBA, 1_000).network().parameterCount())
        .isEqualTo(13_905_923);
  }

  @Test
  void convolutionsSayWhichSizesTheyAreFor() {
    assertThatThrownBy(() -> Architecture.SMALL.network(Shape.of(30, 28, 3), Normalization.none()))
        .hasMessage(
            "small is for images whose height and width are multiples of 4, not [30, 28, 3];"
                + " choose another size or mlp");
  }

  @Test
  void everyMethodHasItsTermsAndItsName() {
    assertThat(Method.labels())
        .containsExactly(
            "reconstruction+substituted", "ign", "reconstruction+canonical", "reconstruction");
    for (Method method : Method.values()) {
      assertThat(Method.labelled(method.label())).contains(method);
    }
    assertThat(Method.IGN.objective(MNIST)).isEqualTo(IgnObjective.mnist());
    assertThat(Method.IGN.objective(CELEBA)).isEqualTo(IgnObjective.celebA());
    assertThat(Method.RECONSTRUCTION_CANONICAL.objective(MNIST))
        .isEqualTo(ReconstructionObjective.canonical(0.4));
    assertThat(Method.RECONSTRUCTION.objective(MNIST)).isEqualTo(ReconstructionObjective.alone());
  }

  @Test
  void dcganSaysWhichShapesItIsFor() {
    assertThatThrownBy(() -> GeneratorRecipe.paper(Method.IGN, Shape.of(32, 32, 3), 100))
        .hasMessage(
            "dcgan is for images of shape [28, 28, 1] or [64, 64, 3], not [32, 32, 3];"
                + " choose small or medium");
  }
}

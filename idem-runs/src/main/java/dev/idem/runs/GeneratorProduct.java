package dev.idem.runs;

import dev.idem.api.network.NetworkState;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainedNetwork;
import dev.idem.generative.image.SampleGrids;
import dev.idem.generative.model.Generator;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.generative.recipe.GeneratorRecipe;
import dev.idem.generative.recipe.GeneratorTraining;
import dev.idem.runs.experiment.Settings;
import dev.idem.runs.tensorboard.EncodedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A generator: images during training, and the model with samples of it at the end. */
final class GeneratorProduct implements PreparedRun.Product {

  private static final int SHOWN = 16;
  private static final int SHOWN_ITERATIONS = 3;
  private static final List<String> TOLD = List.of("method", "preset");

  private final GeneratorTraining training;
  private final int heldOut;
  private final RecordedData data;
  private final Settings settings;
  private final Map<String, String> provenance;

  /**
   * The product of a training.
   *
   * @param heldOut how many images are held out
   * @param data on record in the model, as are {@code settings} and {@code provenance}
   */
  GeneratorProduct(
      GeneratorTraining training,
      int heldOut,
      RecordedData data,
      Settings settings,
      Map<String, String> provenance) {
    this.training = training;
    this.heldOut = heldOut;
    this.data = data;
    this.settings = settings;
    this.provenance = provenance;
  }

  @Override
  public Map<String, Function<NetworkView, EncodedImage>> pictures() {
    return new GeneratorPictures(training, heldOut).byName();
  }

  @Override
  public void write(
      TrainedNetwork network,
      Optional<NetworkState> average,
      Optional<NetworkState> best,
      RunFolder folder)
      throws IOException {
    // Drawn before anything is saved: a model that cannot be drawn is invalid.
    byte[] samples = samples(network);
    Map<String, String> told = told(network);
    save(network.state(), told, folder.model());
    if (average.isPresent()) {
      save(average.get(), told, folder.averagedModel());
    }
    if (best.isPresent()) {
      save(best.get(), told, folder.bestModel());
    }
    folder.write(RunFolder.SAMPLES, samples);
  }

  private byte[] samples(NetworkView network) {
    GeneratorRecipe recipe = training.recipe();
    Generator generator = new Generator(recipe.imageShape(), training.noise(), network);
    return new SampleGrids(recipe.imageShape())
        .rows(
            SampleGrids.powers("z", "(z)", SHOWN_ITERATIONS),
            generator.generate(generator.noise(recipe.plan().seed(), SHOWN), SHOWN_ITERATIONS))
        .png();
  }

  private Map<String, String> told(TrainedNetwork network) {
    GeneratorRecipe recipe = training.recipe();
    Map<String, String> told = new LinkedHashMap<>();
    TOLD.forEach(key -> settings.value(key).ifPresent(value -> told.put(key, value.toString())));
    told.put("objective", recipe.objective().description());
    told.put("network", recipe.network().description());
    told.put("noise", training.noise().description());
    told.putAll(data.entries());
    told.put("plan", recipe.plan().toString());
    told.put("settings", settings.deciding().toString());
    told.put("steps", Long.toString(network.steps()));
    told.put("ended", network.stopReason());
    return told;
  }

  private void save(NetworkState state, Map<String, String> told, Path to) throws IOException {
    GeneratorRecipe recipe = training.recipe();
    new GeneratorModel(
            recipe.imageShape(), recipe.network(), state, training.noise(), told, provenance)
        .save(RunFolder.cleared(to));
  }
}

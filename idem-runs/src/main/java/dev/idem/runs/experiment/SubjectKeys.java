package dev.idem.runs.experiment;

import dev.idem.generative.noise.NoiseKind;
import dev.idem.generative.recipe.Architecture;
import dev.idem.generative.recipe.Method;
import dev.idem.runs.experiment.Key.Fallback;
import java.util.List;
import java.util.Optional;

/** The keys that say what is trained, on what: subject, preset, method, data, network, noise. */
final class SubjectKeys {

  static final String SUBJECT = "subject";
  static final String GENERATOR = "generator";
  static final String MAP = "map";
  static final String PRESET = "preset";
  static final String METHOD = "method";
  static final String NOISE = "noise";
  static final String DATA = "data.source";
  static final String SIZE = "data.size";
  static final String GREY = "data.grey";
  static final String ARCHITECTURE = "network.architecture";
  static final String NETWORK = "network.name";
  static final String WIDTHS = "network.widths";
  static final String NORMALIZATION = "network.normalization";
  static final String GROUPS = "network.groups";

  static final When IS_GENERATOR = When.is(SUBJECT, GENERATOR);
  static final When IS_MAP = When.is(SUBJECT, MAP);

  private static final Range SIZES = Range.between(8, 512);
  private static final Range WIDTH = Range.between(1, 65_536);
  private static final long SIZE_OTHERWISE = 64;

  private SubjectKeys() {}

  static List<Key> of(List<String> networks, List<String> sources) {
    return List.of(
        Key.choice(SUBJECT, List.of(GENERATOR, MAP), "Subject of the training.")
            .otherwise(GENERATOR)
            .build(),
        Key.choice(PRESET, Presets.NAMES, "Preset of the values that are not set.")
            .otherwise(Presets.USUAL)
            .aside()
            .build(),
        Key.choice(METHOD, Method.labels(), "Training method of a generator.")
            .when(IS_GENERATOR)
            .required()
            .build(),
        Key.choice(NOISE, NoiseKind.labels(), "Distribution of a generator's z.")
            .when(IS_GENERATOR)
            .required()
            .build(),
        Key.text(
                DATA,
                "Images of a generator: %s. Data of a map: %s."
                    .formatted(ImageNames.forms(), String.join(", ", sources)))
            .otherwise(
                values ->
                    values.text(SUBJECT).filter(GENERATOR::equals).isPresent()
                        ? Fallback.of("mnist")
                        : Optional.empty())
            .required()
            .build(),
        Key.integer(SIZE, "Height and width that the images of images:DIR are resized to.")
            .in(SIZES)
            .when(folder())
            .otherwise(SIZE_OTHERWISE)
            .build(),
        Key.flag(GREY, "Whether to convert the images of images:DIR to greyscale.")
            .when(folder())
            .build(),
        Key.choice(ARCHITECTURE, Architecture.labels(), "Network architecture of a generator.")
            .when(IS_GENERATOR)
            .required()
            .build(),
        Key.choice(NETWORK, networks, "Network of a map, by name.")
            .when(IS_MAP)
            .insteadOf(WIDTHS)
            .required()
            .build(),
        Key.integer(WIDTHS, "Layer widths of your own map, first and last equal.")
            .list()
            .in(WIDTH)
            .when(IS_MAP)
            .insteadOf(NETWORK)
            .build(),
        Key.choice(
                NORMALIZATION, List.of("none", "batch", "group"), "Normalisation of layer outputs.")
            .when(IS_GENERATOR)
            .when(When.given(WIDTHS))
            .otherwise("none")
            .build(),
        Key.integer(GROUPS, "Largest number of channel groups.")
            .in(WIDTH)
            .when(When.is(NORMALIZATION, "group"))
            .otherwise(8L)
            .build());
  }

  private static When folder() {
    return new When(
        DATA, DATA + " images:DIR", source -> source.toString().startsWith(ImageNames.IMAGES));
  }
}

package dev.idem.cli.experiment;

import dev.idem.cli.experiment.Key.Fallback;
import dev.idem.figures.Preset;
import dev.idem.generative.noise.NoiseKind;
import dev.idem.generative.recipe.Architecture;
import dev.idem.generative.recipe.Method;
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
        Key.choice(SUBJECT, List.of(GENERATOR, MAP), "What is trained.")
            .otherwise(GENERATOR)
            .build(),
        Key.choice(PRESET, Preset.labels(), "Where values come from that are not said here.")
            .otherwise(Preset.QUICK.label())
            .aside()
            .build(),
        Key.choice(METHOD, Method.labels(), "How a generator is trained.")
            .when(IS_GENERATOR)
            .required()
            .build(),
        Key.choice(NOISE, NoiseKind.labels(), "Where a generator's z comes from.")
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
        Key.integer(SIZE, "Height and width that the images of images:DIR are brought to.")
            .in(SIZES)
            .when(folder())
            .otherwise(SIZE_OTHERWISE)
            .build(),
        Key.flag(GREY, "Whether the images of images:DIR are taken as grey.")
            .when(folder())
            .build(),
        Key.choice(ARCHITECTURE, Architecture.labels(), "The network of a generator.")
            .when(IS_GENERATOR)
            .required()
            .build(),
        Key.choice(NETWORK, networks, "A ready-made network of a map.")
            .when(IS_MAP)
            .insteadOf(WIDTHS)
            .required()
            .build(),
        Key.integer(WIDTHS, "The layers' widths of a map of your own, first and last the same.")
            .list()
            .in(WIDTH)
            .when(IS_MAP)
            .insteadOf(NETWORK)
            .build(),
        Key.choice(
                NORMALIZATION,
                List.of("none", "batch", "group"),
                "How layers normalise their outputs.")
            .when(IS_GENERATOR)
            .when(When.given(WIDTHS))
            .otherwise("none")
            .build(),
        Key.integer(GROUPS, "Groups of channels, at most.")
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

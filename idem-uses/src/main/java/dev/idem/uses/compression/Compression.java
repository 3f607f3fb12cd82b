package dev.idem.uses.compression;

import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.figures.Claim;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.generative.image.SampleGrids;
import dev.idem.models.data.Mnist;
import dev.idem.uses.Use;
import dev.idem.uses.UseFamily;
import dev.idem.uses.UseResults;
import dev.idem.uses.UseRun.Measured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Compression: images become a code of whole numbers and images again, 50 times in a row, stored
 * with eight bits in between. Autoencoders with and without idempotency, the network whose decoder
 * is a right inverse of its encoder, and JPEG.
 */
public final class Compression implements UseFamily {

  private static final int SHOWN = RecompressedImages.LEAST_HELD_OUT;
  private static final double LESS_DRIFT = 5;
  private static final double EQUAL_QUALITY = 0.2;
  private static final double NEAR_QUALITY = 1;
  private static final double MORE_RATE = 1.05;

  private static final Claim CLAIM =
      Claim.of(
          "Compression",
          "Idempotency stops the loss from one generation of a compressed image to the next, at the"
              + " quality and rate of the plain network.",
          "Reproduced if some strategy or exact network has a median drift over 50 generations at"
              + " most a fifth of the plain network's, and at most a fifth in every seed, a median"
              + " PSNR of the first generation no more than 0.2 dB lower and a median rate at most"
              + " 5 % higher; in part if one has such a median drift at a median PSNR no more than"
              + " 1 dB lower; not reproduced otherwise.");

  private final RecompressedImages use;

  /** On the digits that this library carries. */
  public Compression() {
    this(Mnist.embedded(), Integer.MAX_VALUE);
  }

  /**
   * On other images.
   *
   * @param images [h, w, 1] in [-1, 1], h and w divisible by 4
   * @param available the most images to hold out, at least 8; fewer are taken for smaller presets
   * @throws IllegalArgumentException if they have another shape
   */
  public Compression(FiniteDataSource images, int available) {
    this.use = new RecompressedImages(images, available);
  }

  @Override
  public String name() {
    return "compression";
  }

  @Override
  public String title() {
    return "Compression: fifty generations";
  }

  @Override
  public String choices() {
    return "Images: %s. ".formatted(use.images().description())
        + "A convolutional encoder, a code of %s numbers rounded to multiples of a step, a decoder;"
            .formatted(RecompressedImages.CODE)
        + " gradients pass the rounding unchanged (straight-through estimator). 'cnn' is the plain"
        + " network; 'cnn with cosines' adds an image's lowest cosines to the code and what they"
        + " make to the image; 'exact cnn' has the same parts coupled so that an output's code is"
        + " the code it was made from. Between generations images are stored with eight bits a"
        + " pixel, for every method. The rate is the mean length of the code by a model of"
        + " independent numbers, a smoothed histogram for each from 2,000 training images,"
        + " evaluated on held-out ones. JPEG is the Java platform's, baseline, with Huffman tables"
        + " of its own: all images tiled into one, as a file of 28 x 28 pixels is nearly all"
        + " headers; its rate counts the entropy-coded scan alone.";
  }

  @Override
  public List<Use> uses() {
    return List.of(use);
  }

  @Override
  public Claim claim() {
    return CLAIM;
  }

  @Override
  public Finding judge(UseResults results) {
    List<String> candidates = candidates(results);
    Optional<String> full =
        lowestDrift(results, candidates.stream().filter(name -> whole(results, name)).toList());
    Optional<String> part =
        lowestDrift(results, candidates.stream().filter(name -> inPart(results, name)).toList());
    Verdict verdict =
        full.isPresent()
            ? Verdict.REPRODUCED
            : part.isPresent() ? Verdict.IN_PART : Verdict.NOT_REPRODUCED;
    String measured =
        full.or(() -> part)
            .or(() -> lowestDrift(results, candidates))
            .map(best -> compared(results, best))
            .orElse("no method has a finite drift");
    return new Finding(CLAIM, setting(), measured, verdict);
  }

  private String setting() {
    return use.setting() + ", " + use.images().description();
  }

  /** Strategies and exact networks: what the claim is about. */
  private List<String> candidates(UseResults results) {
    return results.methods(use).stream()
        .filter(
            name ->
                name.startsWith(RecompressedImages.EXACT)
                    || name.startsWith(results.plain(use) + " + "))
        .toList();
  }

  private Optional<String> lowestDrift(UseResults results, List<String> methods) {
    return methods.stream()
        .filter(name -> Double.isFinite(drift(results, name)))
        .min(Comparator.comparingDouble(name -> drift(results, name)));
  }

  private boolean whole(UseResults results, String method) {
    double[] ratios =
        results.differences(
            use,
            method,
            results.plain(use),
            found -> Math.log(metric(found, RecompressedImages.DRIFT)));
    return ratios.length == results.runs(use, method).size()
        && Arrays.stream(ratios).allMatch(ratio -> ratio <= -Math.log(LESS_DRIFT))
        && lessDrift(results, method)
        && qualityLost(results, method) <= EQUAL_QUALITY
        && rate(results, method) <= MORE_RATE * rate(results, results.plain(use));
  }

  private boolean inPart(UseResults results, String method) {
    return lessDrift(results, method) && qualityLost(results, method) <= NEAR_QUALITY;
  }

  private boolean lessDrift(UseResults results, String method) {
    return LESS_DRIFT * drift(results, method) <= drift(results, results.plain(use));
  }

  private double qualityLost(UseResults results, String method) {
    return results.median(use, results.plain(use), Measured::first)
        - results.median(use, method, Measured::first);
  }

  private double drift(UseResults results, String method) {
    return median(results, method, RecompressedImages.DRIFT);
  }

  private double rate(UseResults results, String method) {
    return median(results, method, RecompressedImages.RATE);
  }

  private double median(UseResults results, String method, int metric) {
    return results.median(use, method, found -> metric(found, metric));
  }

  private static double metric(Measured found, int metric) {
    return found.metrics().get(metric);
  }

  private String compared(UseResults results, String method) {
    String plain = results.plain(use);
    return String.format(
        Locale.ROOT,
        "%s: drift %.3g, first generation %.2f dB, %.1f bits; %s: drift %.3g, %.2f dB, %.1f bits",
        method,
        drift(results, method),
        results.median(use, method, Measured::first),
        rate(results, method),
        plain,
        drift(results, plain),
        results.median(use, plain, Measured::first),
        rate(results, plain));
  }

  @Override
  public List<String> sentences(UseResults results) {
    List<String> sentences = new ArrayList<>();
    String plain = results.plain(use);
    List<String> shown = new ArrayList<>(List.of(plain));
    lowestDrift(
            results,
            results.methods(use).stream().filter(name -> name.startsWith(plain + " + ")).toList())
        .ifPresent(shown::add);
    for (String name : List.of(RecompressedImages.BYPASSED, RecompressedImages.EXACT)) {
      if (results.methods(use).contains(name)) {
        shown.add(name);
      }
    }
    shown.forEach(name -> sentences.add(generations(results, name)));
    if (shown.contains(RecompressedImages.EXACT)) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "Without storage between generations the drift of %s is %.2g: what is left with it is"
                  + " the clipping of values beyond [-1, 1] and the rounding to 256 levels, which"
                  + " change the code of some images.",
              RecompressedImages.EXACT,
              median(results, RecompressedImages.EXACT, RecompressedImages.UNSTORED_DRIFT)));
    }
    results.methods(use).stream()
        .filter(name -> name.startsWith(RecompressedImages.JPEG))
        .min(Comparator.comparingDouble(name -> rate(results, name)))
        .ifPresent(name -> sentences.add(jpeg(results, name)));
    return sentences;
  }

  private String generations(UseResults results, String method) {
    String plain = results.plain(use);
    return String.format(
            Locale.ROOT,
            "%s: %.2f dB at %.1f bits per image in the first generation%s, %.2f dB in the"
                + " fiftieth%s, a drift of %.3g.",
            method,
            results.median(use, method, Measured::first),
            rate(results, method),
            difference(results, method, plain, Measured::first),
            results.median(use, method, Measured::last),
            difference(results, method, plain, Measured::last),
            drift(results, method))
        + (method.equals(plain) ? " Other differences are to this network, paired by seed." : "");
  }

  private String difference(
      UseResults results, String method, String plain, ToDoubleFunction<Measured> value) {
    return method.equals(plain)
        ? ""
        : results
            .interval(results.differences(use, method, plain, value))
            .map(
                found ->
                    String.format(
                        Locale.ROOT, " (difference %+.2f to %+.2f dB)", found.low(), found.high()))
            .orElse("");
  }

  private String jpeg(UseResults results, String method) {
    return String.format(
        Locale.ROOT,
        "At its lowest rate here, %.0f bits per image, JPEG reaches %.2f dB in the first generation"
            + " and %.2f dB in the fiftieth, a drift of %.3g: images this small and this coarsely"
            + " coded are not what it was made for.",
        rate(results, method),
        results.median(use, method, Measured::first),
        results.median(use, method, Measured::last),
        drift(results, method));
  }

  @Override
  public int shown() {
    return SHOWN;
  }

  @Override
  public List<Drawing> pictures(UseResults results) {
    List<String> labels = new ArrayList<>();
    List<float[][]> rows = new ArrayList<>();
    labels.add("original");
    rows.add(use.images().heldOut(results.seed(), SHOWN));
    List<String> methods = new ArrayList<>(List.of(results.plain(use)));
    results.methods(use).stream().filter(RecompressedImages.EXACT::equals).forEach(methods::add);
    results.methods(use).stream()
        .filter(name -> name.startsWith(RecompressedImages.JPEG))
        .findFirst()
        .ifPresent(methods::add);
    for (String method : methods) {
      results.measured(use, method).stream()
          .findFirst()
          .ifPresent(
              found -> {
                labels.add(
                    String.format(
                        Locale.ROOT,
                        "%s, %.0f bits",
                        method,
                        metric(found, RecompressedImages.RATE)));
                rows.add(found.shown().get(0));
                labels.add("generation 50");
                rows.add(found.shown().get(found.shown().size() - 1));
              });
    }
    return List.of(
        new Drawing(
            name() + "-images",
            "Held-out images, and what the first seed of each method makes of them in the first and"
                + " in the fiftieth generation.",
            new SampleGrids(use.data().shape()).rows(labels, rows)));
  }
}

package dev.idem.uses.denoising;

import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.eval.comparison.Bootstrap.Interval;
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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Denoising: networks trained to take Gaussian noise away, with and without idempotency, and total
 * variation and non-local means, each applied once and ten times.
 */
public final class Denoising implements UseFamily {

  private static final int SHOWN = NoisyImages.LEAST_HELD_OUT;
  private static final String SUBSTITUTED = NoisyImages.PLAIN + " + substituted";

  private static final Claim CLAIM =
      Claim.of(
          "Denoising",
          "Idempotency stops further passes of a denoiser from over-smoothing, at a first pass as"
              + " good as the better classical denoiser's.",
          "Of the idempotent methods, which are every strategy on the plain network and every exact"
              + " network, the one with the highest median PSNR of f^10 is judged. Reproduced if"
              + " its median PSNR of f is at least that of the better baseline and it loses less"
              + " PSNR from f to f^10 than the plain network, with the whole 95 % interval of the"
              + " paired difference of losses below zero; in part if one of both; not reproduced"
              + " otherwise.");

  private final NoisyImages use;

  /** On the digits that this library carries. */
  public Denoising() {
    this(Mnist.embedded(), Integer.MAX_VALUE);
  }

  /**
   * On other images.
   *
   * @param images [h, w, c] in [-1, 1], h and w divisible by 4 and at least 12
   * @param available the most images to hold out, at least 8; fewer are taken for smaller presets
   * @throws IllegalArgumentException if they have another shape
   */
  public Denoising(FiniteDataSource images, int available) {
    this.use = new NoisyImages(images, available);
  }

  @Override
  public String name() {
    return "denoising";
  }

  @Override
  public String title() {
    return "Denoising: what a second pass does";
  }

  @Override
  public String choices() {
    return "Images: %s; Gaussian noise of standard deviation %s, values span 2, clipped to [-1, 1]"
            .formatted(use.images().description(), NoisyImages.NOISE)
        + " as files of eight bits are: every method gets the same inputs. 'cnn' is a plain"
        + " convolutional autoencoder, 'exact cnn' its halves coupled along an image's lowest"
        + " cosines, or along the highest ('finest'). Total variation and non-local means are"
        + " OpenCV's; their strength is the one that restores 64 training images best. Detail is an"
        + " image's difference to a Gaussian blur of it by one pixel; 'detail explained' is 1 less"
        + " the squared error of the detail over its energy, 0 for a blur and negative for noise."
        + " 'PSNR, ...' are after one application to degradations that no method was trained or"
        + " tuned for.";
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
    Optional<String> best =
        highest(
            results,
            results.methods(use).stream().filter(name -> idempotent(results, name)).toList(),
            Measured::last);
    Optional<String> baseline = betterBaseline(results);
    if (best.isEmpty() || baseline.isEmpty()) {
      return new Finding(
          CLAIM, setting(), "no idempotent method or no baseline ran", Verdict.NOT_REPRODUCED);
    }
    boolean firstPass =
        results.median(use, best.get(), Measured::first)
            >= results.median(use, baseline.get(), Measured::first);
    boolean laterPasses =
        results
            .interval(lossDifferences(results, best.get()))
            .filter(interval -> interval.high() < 0)
            .isPresent();
    Verdict verdict =
        firstPass && laterPasses
            ? Verdict.REPRODUCED
            : firstPass || laterPasses ? Verdict.IN_PART : Verdict.NOT_REPRODUCED;
    String measured =
        String.format(
            Locale.ROOT,
            "%s: %.2f dB, %.2f dB after ten passes; %s: %.2f and %.2f dB; %s: %.2f and %.2f dB",
            best.get(),
            results.median(use, best.get(), Measured::first),
            results.median(use, best.get(), Measured::last),
            results.plain(use),
            results.median(use, results.plain(use), Measured::first),
            results.median(use, results.plain(use), Measured::last),
            baseline.get(),
            results.median(use, baseline.get(), Measured::first),
            results.median(use, baseline.get(), Measured::last));
    return new Finding(CLAIM, setting(), measured, verdict);
  }

  private String setting() {
    return use.setting() + ", " + use.images().description();
  }

  private boolean idempotent(UseResults results, String method) {
    return method.startsWith(NoisyImages.EXACT) || method.startsWith(results.plain(use) + " + ");
  }

  private Optional<String> betterBaseline(UseResults results) {
    return highest(
        results,
        results.methods(use).stream()
            .filter(
                name ->
                    name.equals(NoisyImages.TOTAL_VARIATION)
                        || name.equals(NoisyImages.NON_LOCAL_MEANS))
            .toList(),
        Measured::first);
  }

  private Optional<String> highest(
      UseResults results, List<String> methods, ToDoubleFunction<Measured> value) {
    return methods.stream()
        .filter(name -> Double.isFinite(results.median(use, name, value)))
        .max(Comparator.comparingDouble(name -> results.median(use, name, value)));
  }

  private double[] lossDifferences(UseResults results, String method) {
    return results.differences(
        use, method, results.plain(use), found -> found.first() - found.last());
  }

  @Override
  public List<String> sentences(UseResults results) {
    String plain = results.plain(use);
    List<String> sentences = new ArrayList<>();
    sentences.add(
        passes(results, plain) + " Differences of other networks are to this one, paired by seed.");
    highest(
            results,
            results.methods(use).stream().filter(name -> name.startsWith(plain + " + ")).toList(),
            Measured::last)
        .ifPresent(
            name ->
                sentences.add(
                    "Of the strategies, the one with the best tenth pass: "
                        + passes(results, name)));
    for (String name :
        List.of(
            NoisyImages.EXACT,
            NoisyImages.EXACT_FINEST,
            NoisyImages.TOTAL_VARIATION,
            NoisyImages.NON_LOCAL_MEANS)) {
      if (results.methods(use).contains(name)) {
        sentences.add(passes(results, name));
      }
    }
    return sentences;
  }

  private String passes(UseResults results, String method) {
    return String.format(
        Locale.ROOT,
        "%s: %.2f dB after one pass%s, %.2f dB after ten%s; it explains %.0f %% of the detail after"
            + " one and %.0f %% after ten.",
        method,
        results.median(use, method, Measured::first),
        difference(results, method, Measured::first),
        results.median(use, method, Measured::last),
        difference(results, method, Measured::last),
        100 * detail(results, method, NoisyImages.DETAIL_OF_FIRST),
        100 * detail(results, method, NoisyImages.DETAIL_OF_LAST));
  }

  private double detail(UseResults results, String method, int metric) {
    return results.median(use, method, found -> found.metrics().get(metric));
  }

  /** The interval of the difference to the plain network, of a network. */
  private String difference(UseResults results, String method, ToDoubleFunction<Measured> value) {
    String plain = results.plain(use);
    if (method.equals(plain) || !idempotent(results, method)) {
      return "";
    }
    Optional<Interval> interval = results.interval(results.differences(use, method, plain, value));
    return interval
        .map(
            found ->
                String.format(
                    Locale.ROOT, " (difference %+.2f to %+.2f dB)", found.low(), found.high()))
        .orElse("");
  }

  @Override
  public int shown() {
    return SHOWN;
  }

  @Override
  public List<Drawing> pictures(UseResults results) {
    List<String> labels = new ArrayList<>(List.of("clean", "noisy"));
    List<float[][]> rows = new ArrayList<>();
    rows.add(use.images().heldOut(results.seed(), SHOWN));
    rows.add(use.data().heldOut(results.seed(), SHOWN));
    for (String method :
        List.of(
            NoisyImages.TOTAL_VARIATION,
            NoisyImages.NON_LOCAL_MEANS,
            results.plain(use),
            SUBSTITUTED,
            NoisyImages.EXACT)) {
      if (results.methods(use).contains(method)) {
        results.measured(use, method).stream()
            .findFirst()
            .ifPresent(
                found -> {
                  labels.add(method);
                  rows.add(found.shown().get(0));
                  labels.add("ten passes");
                  rows.add(found.shown().get(found.shown().size() - 1));
                });
      }
    }
    return List.of(
        new Drawing(
            name() + "-images",
            "Held-out images, the same with noise, and what the first seed of each method makes of"
                + " them in one pass and in ten.",
            new SampleGrids(use.data().shape()).rows(labels, rows)));
  }
}

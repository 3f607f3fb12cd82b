package dev.idem.uses.tabular;

import dev.idem.figures.Claim;
import dev.idem.figures.Claim.Finding;
import dev.idem.uses.Use;
import dev.idem.uses.UseFamily;
import dev.idem.uses.UseResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a table with missing or wrong cells, sent to the rows that they were. The maps see normal
 * rows alone, so that ||f(x) - x|| on an undamaged row is a score of anomaly; its worth is the ROC
 * area of normal held-out rows against all anomalies.
 *
 * <p>Errors are root mean squares in standard deviations of the training rows: a constant map has
 * about 1 on damaged cells and on others, the identity 0 on others. The identity's residuals are
 * all 0, a ROC area of 0.5, but those of a constant c are ||c - x||, which can be a good score: the
 * baseline 'mean' says how good.
 */
public final class TabularRows implements UseFamily {

  private final List<Use> uses;

  /** Of {@link NumericTable#breastCancer}. */
  public TabularRows() {
    this(NumericTable.breastCancer());
  }

  /**
   * Of a table of one's own. Its normal rows are those of the commonest label, or all of them.
   *
   * @throws IllegalArgumentException if there are fewer than ten normal rows, only one label, or a
   *     column whose numbers are all the same in the training rows
   */
  public TabularRows(NumericTable table) {
    TableRows rows = new TableRows(table);
    uses =
        Arrays.stream(Damage.values()).<Use>map(damage -> new DamagedRows(rows, damage)).toList();
  }

  /**
   * Of a CSV file.
   *
   * @param label the name of its label column, if it has one
   * @throws IOException if it cannot be read, or is not such a table as {@link NumericTable#read}
   *     takes
   * @throws IllegalArgumentException as {@link #TabularRows(NumericTable)}
   */
  public static TabularRows of(Path csv, Optional<String> label) throws IOException {
    return new TabularRows(NumericTable.read(csv, label));
  }

  @Override
  public String name() {
    return "tabular";
  }

  @Override
  public String title() {
    return "Tabular data: damaged rows restored, and anomalies found";
  }

  @Override
  public String choices() {
    DamagedRows use = (DamagedRows) uses().get(0);
    return ("%s. Training rows and held-out ones are normal rows, split once for all seeds; numbers"
            + " are standardised over the training rows. Of a row's cells 30 %% are missing, that"
            + " is, set to the mean of their column, or 20 %% are wrong, those of other training"
            + " rows; the target is the row before the damage. 'mlp' has a code of %s numbers;"
            + " 'exact' is its twin of equal parameters, coupled along the training rows' first %s"
            + " principal components, from zero; 'trained projection' is linear, of that rank, with"
            + " fewer parameters. Baselines: PCA of that rank (by EJML), k-means with 16 centroids"
            + " (by Tribuo), and the mean row. Errors are root mean squares in standard deviations;"
            + " anomalies are scored by ||f(x) - x|| on undamaged rows, and seeds are of training,"
            + " not of the split.")
        .formatted(use.rows().description(), use.code(), use.code());
  }

  @Override
  public List<Use> uses() {
    return uses;
  }

  @Override
  public Claim claim() {
    return TabularFindings.CLAIM;
  }

  @Override
  public Finding judge(UseResults results) {
    return new TabularFindings(results).finding();
  }

  @Override
  public List<String> sentences(UseResults results) {
    return new TabularFindings(results).sentences();
  }
}

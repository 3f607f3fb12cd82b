package dev.idem.spark;

import dev.idem.runs.sweep.SweepOutcome;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The outcomes of a sweep as one Parquet table beside the run folders, a row each, in the order of
 * their ids.
 */
final class ResultsTable {

  static final String NAME = "results.parquet";

  private static final StructType COLUMNS =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("state", DataTypes.StringType, false)
          .add("steps", DataTypes.LongType, false)
          .add("verdict", DataTypes.StringType, false)
          .add("message", DataTypes.StringType, false)
          .add("seconds", DataTypes.DoubleType, false)
          .add("host", DataTypes.StringType, false)
          .add(
              "metrics",
              DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false),
              false);

  private ResultsTable() {}

  /**
   * Adds outcomes to the table; one replaces an earlier one of the same run.
   *
   * @param runs the folder of the run folders
   * @throws IOException if the table cannot be read or written; it is then as it was
   */
  static void add(SparkSession spark, URI runs, Iterable<SweepOutcome> outcomes)
      throws IOException {
    Path table = new Path(new Path(runs), NAME);
    Path next = new Path(new Path(runs), "." + NAME + ".new");
    FileSystem files = table.getFileSystem(spark.sparkContext().hadoopConfiguration());
    files.setWriteChecksum(false);
    try {
      Map<String, Row> rows = new TreeMap<>();
      if (files.exists(table)) {
        for (Row row : spark.read().schema(COLUMNS).parquet(table.toString()).collectAsList()) {
          rows.put(row.getString(0), row);
        }
      }
      outcomes.forEach(outcome -> rows.put(outcome.id(), row(outcome)));
      spark
          .createDataFrame(List.copyOf(rows.values()), COLUMNS)
          .coalesce(1)
          .write()
          .mode(SaveMode.Overwrite)
          .parquet(next.toString());
    } catch (Exception e) { // Scala declares no checked ones
      throw new IOException(
          "table of results (%s) could not be read and rewritten (%s); if it is damaged, delete it"
              .formatted(table, reason(e)),
          e);
    }
    files.delete(table, true);
    if (!files.rename(next, table)) {
      throw new IOException(
          "table of results (%s) could not be renamed to %s".formatted(next, table));
    }
  }

  private static Row row(SweepOutcome outcome) {
    return RowFactory.create(
        outcome.id(),
        outcome.state().name(),
        outcome.steps(),
        outcome.verdict(),
        outcome.message(),
        outcome.seconds(),
        outcome.host(),
        scala.jdk.javaapi.CollectionConverters.asScala(outcome.metrics()));
  }

  private static String reason(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}

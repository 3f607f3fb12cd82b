package dev.idem.api.polynomial;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Linear equations over the rationals, reduced as they come in (Gauss and Jordan, exact). Taking
 * one equation at a time tells which one contradicts those before it.
 */
final class LinearSystem {

  private final int unknowns;

  /** Reduced rows by the column of their leading 1; the right side is the last entry of a row. */
  private final TreeMap<Integer, Rational[]> rows = new TreeMap<>();

  LinearSystem(int unknowns) {
    this.unknowns = unknowns;
  }

  /**
   * Adds factors . x = right.
   *
   * @return false, and the system unchanged, if that contradicts the equations so far
   */
  boolean add(List<Rational> factors, Rational right) {
    Rational[] row = factors.toArray(new Rational[unknowns + 1]);
    row[unknowns] = right;
    rows.forEach((pivot, reduced) -> subtract(row, reduced, pivot));
    int pivot = 0;
    while (pivot < unknowns && row[pivot].signum() == 0) {
      pivot++;
    }
    if (pivot == unknowns) {
      return row[unknowns].signum() == 0;
    }
    Rational leading = row[pivot];
    Arrays.setAll(row, column -> row[column].dividedBy(leading));
    for (Rational[] reduced : rows.values()) {
      subtract(reduced, row, pivot);
    }
    rows.put(pivot, row);
    return true;
  }

  /** Subtracts the multiple of {@code reduced} that clears {@code row} at {@code pivot}. */
  private static void subtract(Rational[] row, Rational[] reduced, int pivot) {
    Rational factor = row[pivot];
    if (factor.signum() != 0) {
      Arrays.setAll(row, column -> row[column].minus(factor.times(reduced[column])));
    }
  }

  /** The unknowns that the equations leave free. */
  int freeUnknowns() {
    return unknowns - rows.size();
  }

  /** The only solution; needs {@link #freeUnknowns} to be 0. */
  List<Rational> solution() {
    if (freeUnknowns() > 0) {
      throw new IllegalStateException(freeUnknowns() + " unknowns are free");
    }
    return rows.values().stream().map(row -> row[unknowns]).toList();
  }
}

package dev.idem.generative.data;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * The mean of the source pixels under each pixel of a smaller image, each weighted by the area that
 * the two share. Sums are whole numbers, so the result is exact up to its rounding to bytes, and
 * does not depend on the strips in which the rows arrive.
 */
final class AreaMean {

  private static final int CHANNELS = 3;

  private final int fromWidth;
  private final int fromHeight;
  private final int width;
  private final int height;
  private final long[] sums;

  /** Of a source at least as wide and as high as the result. */
  AreaMean(int fromWidth, int fromHeight, int width, int height) {
    this.fromWidth = fromWidth;
    this.fromHeight = fromHeight;
    this.width = width;
    this.height = height;
    this.sums = new long[CHANNELS * width * height];
  }

  /**
   * Adds rows of the source.
   *
   * @param rows as wide as the source
   * @param top the first row's place in the source
   */
  void add(BufferedImage rows, int top) {
    int[] pixels = new int[fromWidth];
    long[] row = new long[CHANNELS * width];
    for (int y = 0; y < rows.getHeight(); y++) {
      rows.getRGB(0, y, fromWidth, 1, pixels, 0, fromWidth);
      narrow(pixels, row);
      // In units in which a source pixel is `height` high and one of the result `fromHeight`.
      long from = (long) (top + y) * height;
      int first = (int) (from / fromHeight);
      long inFirst = Math.min(height, (first + 1L) * fromHeight - from);
      addRow(row, first, inFirst);
      if (inFirst < height) {
        addRow(row, first + 1, height - inFirst);
      }
    }
  }

  /** A source row as sums of the result's width, in the same way as the rows above. */
  private void narrow(int[] pixels, long[] row) {
    Arrays.fill(row, 0);
    for (int x = 0; x < fromWidth; x++) {
      long from = (long) x * width;
      int first = (int) (from / fromWidth);
      long inFirst = Math.min(width, (first + 1L) * fromWidth - from);
      addPixel(row, first, pixels[x], inFirst);
      if (inFirst < width) {
        addPixel(row, first + 1, pixels[x], width - inFirst);
      }
    }
  }

  private static void addPixel(long[] row, int at, int rgb, long weight) {
    row[CHANNELS * at] += weight * ((rgb >> 16) & 0xff);
    row[CHANNELS * at + 1] += weight * ((rgb >> 8) & 0xff);
    row[CHANNELS * at + 2] += weight * (rgb & 0xff);
  }

  private void addRow(long[] row, int at, long weight) {
    int offset = at * row.length;
    for (int i = 0; i < row.length; i++) {
      sums[offset + i] += weight * row[i];
    }
  }

  /** The means, rounded to bytes, once all rows are added. */
  BufferedImage image() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < width * height; pixel++) {
      int rgb =
          (mean(CHANNELS * pixel) << 16)
              | (mean(CHANNELS * pixel + 1) << 8)
              | mean(CHANNELS * pixel + 2);
      image.setRGB(pixel % width, pixel / width, rgb);
    }
    return image;
  }

  private int mean(int index) {
    long area = (long) fromWidth * fromHeight;
    return (int) ((2 * sums[index] + area) / (2 * area));
  }
}

/** The page that holds a whole reproduction: {@link dev.idem.figures.report.ReportWriter}. */
@NullMarked
package dev.idem.figures.report;

import org.jspecify.annotations.NullMarked;

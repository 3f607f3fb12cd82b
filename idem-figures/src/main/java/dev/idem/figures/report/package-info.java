/**
 * The page that holds a whole reproduction: {@link dev.idem.figures.report.ReportWriter}; and what
 * pages share: {@link dev.idem.figures.report.Page}.
 */
@NullMarked
package dev.idem.figures.report;

import org.jspecify.annotations.NullMarked;

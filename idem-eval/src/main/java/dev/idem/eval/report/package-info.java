/** The page that holds a whole reproduction: {@link dev.idem.eval.report.ReportWriter}. */
@NullMarked
package dev.idem.eval.report;

import org.jspecify.annotations.NullMarked;

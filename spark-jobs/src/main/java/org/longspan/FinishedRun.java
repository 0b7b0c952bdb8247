package org.longspan;

import org.longspan.report.Facts;
import org.longspan.run.RunResult;

/**
 * A run that came to its end.
 *
 * @param result the stages, and what each did
 * @param facts what the tables say
 * @param report the path of {@code report.html}
 */
public record FinishedRun(RunResult result, Facts facts, String report) {}

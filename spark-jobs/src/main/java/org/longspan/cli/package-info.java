/**
 * The command line: {@code bin/longspan} and {@code spark-submit} are the same program. A command
 * reads its options, calls {@link org.longspan.cli.Runs}, and prints what came of it; how an
 * exception becomes a sentence and an exit code stands in one place, {@link
 * org.longspan.cli.Failures}.
 */
package org.longspan.cli;

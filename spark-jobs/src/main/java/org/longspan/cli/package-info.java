/** The command line: bin/longspan and spark-submit. */
package org.longspan.cli;

/**
 * The seven stages. Each one reads tables and writes tables, and nothing else passes between them:
 * ingest, tokenize, score, upsample, relate, pack, export. A stage's transformation is a function
 * of Datasets that the actions call too; the stage adds what a run needs: where the tables lie,
 * what the output depends on, and the balance of what came in and went out.
 */
package org.longspan.stage;

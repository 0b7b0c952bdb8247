/**
 * From the names of scorers to the scores of documents.
 *
 * <p>A scorer reads a {@link org.longspan.scoring.Measurement}: a kind of question to a language
 * model, with its settings. {@link org.longspan.scoring.Scoring} knows which one each scorer reads
 * and asks equal questions once for all scorers that share them. Only the tokens that a measurement
 * reads, an {@link org.longspan.scoring.Excerpt}, need travel to where the model is.
 *
 * <p>Some scorers say more than a score: what goes into a {@link org.longspan.scoring.SideTable},
 * made from the same measurement where it is wanted.
 *
 * <p>Other scorers read a {@link org.longspan.scoring.TextMeasurement}, which needs neither model
 * nor tokens: they score where the text lies.
 */
package org.longspan.scoring;

/**
 * What a run did, as one HTML file that opens without a network. {@link org.longspan.report.Facts}
 * are read from the tables by small aggregations, {@link org.longspan.report.Charts} and, for the
 * links inside a document, {@link org.longspan.report.ArcDiagram} draw them as inline SVG, {@link
 * org.longspan.report.HtmlReport} sets the page.
 */
package org.longspan.report;

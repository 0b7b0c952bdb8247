/** What a run did, as one HTML file that opens without a network. */
package org.longspan.report;

/**
 * The run directory: tables that become visible all at once, a manifest that says what made them,
 * and fingerprints that decide what a second run may reuse.
 */
package org.longspan.run;

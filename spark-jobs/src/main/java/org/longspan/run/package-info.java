/**
 * The run directory: tables that become visible all at once, a manifest that says what made them,
 * and fingerprints that decide what a second run may reuse.
 *
 * <pre>
 * OUTPUT/documents/ ...              tables, Parquet
 * OUTPUT/64k/selection/ ...          tables of a phase, where a run has phases
 * OUTPUT/drops/STAGE.ID.part-*       one table to every reader; each stage owns its files
 * OUTPUT/manifest.json               rendered from the commit records
 * OUTPUT/_longspan/run.json          whose directory this is
 * OUTPUT/_longspan/lock.json         who writes to it now
 * OUTPUT/_longspan/commits/STAGE.json           the truth: what is committed
 * OUTPUT/_longspan/commits/STAGE.json.pending   a commit under way; finished by the next start
 * OUTPUT/_longspan/staging/STAGE/    what a running stage has written
 * OUTPUT/_longspan/work/STAGE/FINGERPRINT/      work that outlives a killed run
 * </pre>
 *
 * <p>A commit has three steps: the record is written as pending, the tables are moved, the record
 * takes its name. A crash before the first step leaves the old tables and their record; a crash
 * after it leaves a pending record, from which the next start finishes the moves. Old tables go
 * only when their replacement lies complete in staging. File systems whose renames are copies, such
 * as object stores, may lose this race half-way; then the tables do not measure what the record
 * says, the record is thrown away, and the stage runs again.
 */
package org.longspan.run;

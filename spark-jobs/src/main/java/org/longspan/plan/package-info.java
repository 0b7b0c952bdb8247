/**
 * What a run would do and cost, worked out from a sample before it. Counts of the sample come in,
 * source by source; each is multiplied by the source's bytes over those that were read, so that a
 * sample of everything gives what the run will count. Plain arithmetic: the sample is read by
 * {@link org.longspan.action.SampleAction}, and nothing here knows Spark.
 */
package org.longspan.plan;

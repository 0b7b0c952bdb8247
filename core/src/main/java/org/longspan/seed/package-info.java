/**
 * Chance without a generator. Every random choice of a run is a 64-bit hash of the run's seed, the
 * purpose of the choice and the identity of the thing chosen, so that it falls the same way on any
 * partition, executor or retry.
 */
package org.longspan.seed;

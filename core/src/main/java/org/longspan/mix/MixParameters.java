package org.longspan.mix;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.longspan.length.LengthBucket;

/**
 * What the mixes are told; each takes what concerns it.
 *
 * @param lengths who decides the lengths
 * @param weights of domains; they sum to 1
 * @param raised domains that are raised instead
 * @param raisedTo their weight
 * @param temperature of domains
 * @param maxEpochs the most that a document may be repeated
 * @param table shares of all tokens by domain and lengths
 */
public record MixParameters(
    Lengths lengths,
    SortedMap<String, Double> weights,
    SortedSet<String> raised,
    double raisedTo,
    double temperature,
    double maxEpochs,
    SortedMap<String, SortedMap<LengthBucket, Double>> table) {
  public MixParameters {
    weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
    raised = Collections.unmodifiableSortedSet(new TreeSet<>(raised));
    table = Collections.unmodifiableSortedMap(new TreeMap<>(table));
  }
}

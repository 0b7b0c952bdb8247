package org.longspan.action;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.longspan.retrieve.Candidate;

/**
 * The texts of the chosen documents of a slice: both sides come in the same order of doc_id.
 * Replicas are remembered as they pass: others may find them, but their neighbours are searched in
 * their home slice.
 */
final class ChosenTexts implements Iterator<Candidate> {
  private final Iterator<Row> chosen;
  private final Iterator<Row> texts;
  private final Set<String> replicas = new HashSet<>();

  ChosenTexts(Iterator<Row> chosen, Iterator<Row> texts) {
    this.chosen = chosen;
    this.texts = texts;
  }

  @Override
  public boolean hasNext() {
    return chosen.hasNext();
  }

  @Override
  public Candidate next() {
    Row document = chosen.next();
    String id = document.getAs("doc_id");
    if (!document.<Boolean>getAs("home")) {
      replicas.add(id);
    }

    while (texts.hasNext()) {
      Row text = texts.next();
      if (id.equals(text.getAs("doc_id"))) {
        Map<String, String> facts = new HashMap<>(text.getJavaMap(text.fieldIndex("facts")));
        facts.values().removeIf(Objects::isNull);
        return new Candidate(id, text.getAs("text"), facts);
      }
    }

    throw new IllegalStateException(
        "Document %s is in the selection but not, with the same domain, in the documents."
            .formatted(id));
  }

  /** Whether a document that has passed is at home in another slice. */
  boolean isReplica(String id) {
    return replicas.contains(id);
  }
}

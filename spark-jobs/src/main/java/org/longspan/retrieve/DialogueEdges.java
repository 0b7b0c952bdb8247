package org.longspan.retrieve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.longspan.relate.InverseUsage;
import org.longspan.relate.UtteranceOverlap;

/** Draws the neighbours of one document after another from another stream's candidates. */
final class DialogueEdges implements EdgeStream {
  private final EdgeStream candidates;
  private final SliceTexts texts;
  private final UtteranceOverlap overlap;
  private final InverseUsage usage;
  private final int neighbours;

  private Iterator<Edge> edges = Collections.emptyIterator();
  private Edge ahead;

  DialogueEdges(
      EdgeStream candidates,
      SliceTexts texts,
      UtteranceOverlap overlap,
      InverseUsage usage,
      int neighbours) {
    this.candidates = candidates;
    this.texts = texts;
    this.overlap = overlap;
    this.usage = usage;
    this.neighbours = neighbours;
  }

  @Override
  public boolean hasNext() {
    while (!edges.hasNext() && (ahead != null || candidates.hasNext())) {
      try {
        edges = drawn(candidatesOfNext());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    return edges.hasNext();
  }

  @Override
  public Edge next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }

    return edges.next();
  }

  /** All candidates of the next document, of which there is one at least. */
  private List<Edge> candidatesOfNext() {
    Edge first = ahead == null ? candidates.next() : ahead;
    List<Edge> all = new ArrayList<>(List.of(first));
    ahead = null;
    while (ahead == null && candidates.hasNext()) {
      Edge edge = candidates.next();
      if (edge.id().equals(first.id())) {
        all.add(edge);
      } else {
        ahead = edge;
      }
    }

    return all;
  }

  private Iterator<Edge> drawn(List<Edge> found) throws IOException {
    String id = found.get(0).id();
    UtteranceOverlap.Dialogue dialogue = overlap.of(texts.text(id));
    Map<String, Edge> others = new LinkedHashMap<>();
    for (Edge edge : found) {
      if (!dialogue.overlaps(texts.text(edge.neighbourId()))) {
        others.put(edge.neighbourId(), edge);
      }
    }

    List<Edge> drawn = new ArrayList<>();
    for (String neighbour : usage.draw(id, List.copyOf(others.keySet()), neighbours)) {
      drawn.add(new Edge(id, neighbour, drawn.size(), others.get(neighbour).similarity()));
    }

    return drawn.iterator();
  }

  @Override
  public void close() throws IOException {
    try (candidates;
        texts) {
      edges = Collections.emptyIterator();
    }
  }
}

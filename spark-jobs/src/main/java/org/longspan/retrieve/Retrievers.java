package org.longspan.retrieve;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.longspan.relate.NearDuplicates;

/** The retrievers by name. A new one is a class and a line here. */
public final class Retrievers {
  private static final Map<String, Function<RetrieverParameters, Retriever>> BY_NAME =
      new TreeMap<>();

  static {
    BY_NAME.put(Bm25.NAME, p -> new Bm25(p.neighbours(), p.queryTerms(), Bm25.CHARACTERS));
    BY_NAME.put(Dense.NAME, p -> new Dense(p.neighbours(), p.embedding(), p.seed()));
    BY_NAME.put(Hybrid.NAME, Retrievers::hybrid);
    BY_NAME.put(Metadata.NAME, p -> new Metadata(p.neighbours(), p.metadata()));
    BY_NAME.put(Repository.NAME, p -> new Repository(p.neighbours(), p.fileOrder()));
    BY_NAME.put(Dialogue.NAME, Retrievers::dialogue);
    BY_NAME.put(Keyword.NAME, p -> new Keyword(p.neighbours(), p.keywords(), Keyword.CHARACTERS));
    BY_NAME.put(Unrelated.NAME, p -> new Unrelated());
  }

  private Retrievers() {}

  /**
   * The retriever of that name.
   *
   * @throws IllegalArgumentException if there is none, or it cannot work with these parameters
   */
  public static Retriever named(String name, RetrieverParameters parameters) {
    Function<RetrieverParameters, Retriever> retriever = BY_NAME.get(name);
    if (retriever == null) {
      throw new IllegalArgumentException(
          "There is no retriever \"%s\"; choose one of %s.".formatted(name, names()));
    }

    return parameters
        .nearDuplicates()
        .map(rule -> distinct(retriever, parameters, rule))
        .orElseGet(() -> retriever.apply(parameters));
  }

  private static Retriever dialogue(RetrieverParameters p) {
    return new Dialogue(p.neighbours(), p.queryTerms(), Bm25.CHARACTERS, p.overlap(), p.seed());
  }

  private static Retriever hybrid(RetrieverParameters p) {
    return new Hybrid(
        new Bm25(p.neighbours(), p.queryTerms(), Bm25.CHARACTERS),
        new Dense(p.neighbours(), p.embedding(), p.seed()));
  }

  private static Retriever distinct(
      Function<RetrieverParameters, Retriever> retriever,
      RetrieverParameters parameters,
      NearDuplicates rule) {
    int neighbours = parameters.neighbours();
    RetrieverParameters withReserve = parameters.withNeighbours(Distinct.RESERVE * neighbours);
    return new Distinct(retriever.apply(withReserve), rule, neighbours);
  }

  /** All names, in alphabetical order. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(BY_NAME.keySet());
  }
}

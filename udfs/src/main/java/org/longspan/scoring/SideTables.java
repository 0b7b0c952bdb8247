package org.longspan.scoring;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.longspan.attention.DependencyGraph;

/**
 * The tables that are wanted beside the scores.
 *
 * @param tokenWeights the scorer whose weights of each token are wanted, or {@link #NO_SCORER}
 * @param links which links are wanted
 */
public record SideTables(String tokenWeights, LinkSettings links) implements Serializable {
  /** What stands in place of a scorer where a table is not wanted. */
  public static final String NO_SCORER = "none";

  /** Scores alone. */
  public static final SideTables NONE =
      new SideTables(NO_SCORER, new LinkSettings(NO_SCORER, 16, 512));

  /**
   * @param from the scorer whose measurement shows them, or {@link #NO_SCORER}
   * @param most links of a document
   * @param leastDistance tokens between two linked segments
   */
  public record LinkSettings(String from, int most, int leastDistance) implements Serializable {
    /** These settings' links of a document. */
    DependencyGraph graph() {
      return new DependencyGraph(leastDistance, most);
    }
  }

  /** These tables with the token weights of a scorer. */
  public SideTables withTokenWeights(String scorer) {
    return new SideTables(scorer, links);
  }

  /** These tables with these links. */
  public SideTables with(LinkSettings wanted) {
    return new SideTables(tokenWeights, wanted);
  }

  /** The tables that are wanted, in the order of their kinds. */
  public List<SideTable> wanted() {
    return Stream.of(SideTable.values()).filter(table -> !scorer(table).equals(NO_SCORER)).toList();
  }

  /** The tables that are wanted of a scorer. */
  List<SideTable> of(String scorer) {
    return wanted().stream().filter(table -> scorer(table).equals(scorer)).toList();
  }

  /** The scorer that fills a table, or {@link #NO_SCORER}. */
  String scorer(SideTable table) {
    return switch (table) {
      case TOKEN_WEIGHTS -> tokenWeights;
      case LINKS -> links.from;
    };
  }
}

package org.longspan.pack;

/**
 * Chains of nearest neighbours of bounded length, and the documents of the short ones put beside
 * their neighbours in others: the clusters of In-Context Pretraining's released code. O(documents +
 * edges).
 */
final class NeighbourChains {
  private final DocumentGraph graph;

  /** A ring for each chain: the documents behind its head, which is the node size + chain. */
  private final int[] after;

  private final int[] before;
  private final int[] chainOf;
  private final int[] lengths;
  private int chains;

  private NeighbourChains(DocumentGraph graph) {
    this.graph = graph;
    this.after = new int[2 * graph.size()];
    this.before = new int[2 * graph.size()];
    this.chainOf = new int[graph.size()];
    this.lengths = new int[graph.size()];
  }

  /**
   * All documents, chain after chain.
   *
   * @param starts all nodes, in the order in which chains begin
   * @param most documents of a chain when it is made; shorter ones are dissolved
   */
  static int[] path(DocumentGraph graph, int[] starts, int most) {
    NeighbourChains chains = new NeighbourChains(graph);
    chains.make(new Unused(starts), most);
    chains.dissolve(most);
    return chains.joined();
  }

  private void make(Unused unused, int most) {
    for (int start = unused.first(); start >= 0; start = unused.first()) {
      int chain = chains++;
      after[head(chain)] = head(chain);
      before[head(chain)] = head(chain);

      for (int node = start; node >= 0; ) {
        unused.take(node);
        insert(node, chain, head(chain));
        node = lengths[chain] < most ? unused.nearest(graph, node) : -1;
      }
    }
  }

  private void dissolve(int most) {
    for (int chain = 0; chain < chains; chain++) {
      if (lengths[chain] < most) {
        int node = after[head(chain)];
        while (node != head(chain)) {
          int following = after[node];
          move(node);
          node = following;
        }
      }
    }
  }

  /** In front of the best neighbour in another chain; a document without one stays. */
  private void move(int node) {
    for (int neighbour : graph.neighbours(node)) {
      if (chainOf[neighbour] != chainOf[node]) {
        after[before[node]] = after[node];
        before[after[node]] = before[node];
        lengths[chainOf[node]]--;
        insert(node, chainOf[neighbour], neighbour);
        return;
      }
    }
  }

  private void insert(int node, int chain, int inFrontOf) {
    chainOf[node] = chain;
    lengths[chain]++;
    after[node] = inFrontOf;
    before[node] = before[inFrontOf];
    after[before[node]] = node;
    before[inFrontOf] = node;
  }

  private int[] joined() {
    int[] path = new int[graph.size()];
    int step = 0;
    for (int chain = 0; chain < chains; chain++) {
      for (int node = after[head(chain)]; node != head(chain); node = after[node]) {
        path[step++] = node;
      }
    }

    return path;
  }

  private int head(int chain) {
    return graph.size() + chain;
  }
}

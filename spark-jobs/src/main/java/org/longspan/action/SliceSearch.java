package org.longspan.action;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.commons.collections4.IteratorUtils;
import org.apache.commons.io.FileUtils;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.longspan.retrieve.Edge;
import org.longspan.retrieve.EdgeStream;
import org.longspan.retrieve.Retriever;

/**
 * The search in one slice, with a directory for its index among Spark's scratch directories. The
 * directory goes when the search is closed, at the latest with the task.
 */
final class SliceSearch implements EdgeStream {
  private final Path scratch;
  private EdgeStream edges;
  private Iterator<Edge> ofHome;

  private SliceSearch(Path scratch) {
    this.scratch = scratch;
  }

  static SliceSearch begin(Retriever retriever, ChosenTexts documents) throws IOException {
    File[] places = SparkEnv.get().blockManager().diskBlockManager().localDirs();
    File place = places[TaskContext.getPartitionId() % places.length];
    SliceSearch search =
        new SliceSearch(Files.createTempDirectory(place.toPath(), "longspan-slice-"));
    TaskCompletionListener closing = task -> search.closeUnchecked();
    TaskContext.get().addTaskCompletionListener(closing);
    search.edges = retriever.relate(documents, search.scratch);
    search.ofHome =
        IteratorUtils.filteredIterator(search.edges, edge -> !documents.isReplica(edge.id()));
    return search;
  }

  @Override
  public boolean hasNext() {
    return ofHome.hasNext();
  }

  @Override
  public Edge next() {
    return ofHome.next();
  }

  @Override
  public void close() throws IOException {
    if (edges != null) {
      edges.close();
    }

    FileUtils.deleteDirectory(scratch.toFile());
  }

  private void closeUnchecked() {
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

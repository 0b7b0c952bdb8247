package org.longspan.stage;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.action.CheckEdgesResult;
import org.longspan.action.RelateAction;
import org.longspan.action.RelateResult;
import org.longspan.action.SliceBy;
import org.longspan.retrieve.Retriever;
import org.longspan.retrieve.RetrieverParameters;
import org.longspan.retrieve.Retrievers;
import org.longspan.run.Balance;

/**
 * The chosen documents' neighbours, slice by slice: {@code edges}.
 *
 * <p>Figures: {@code slices}, {@code slices.reused}, {@code edges.near-duplicates} (found and left
 * out); where edges are checked {@code edges.kept}, {@code edges.dropped}, {@code edges.unchecked}.
 * A killed run keeps its slices, not its checks.
 */
public final class RelateStage implements Stage {
  private final Retriever retriever;
  private final int sliceDocuments;
  private final SliceBy sliceBy;
  private final Optional<EdgeCheck> check;

  /**
   * @param retriever a name of {@link Retrievers}
   * @param parameters what it is told
   * @param sliceDocuments documents that are related and packed together, about; at least 1
   * @param sliceBy what brings documents into one slice
   */
  public RelateStage(
      String retriever, RetrieverParameters parameters, int sliceDocuments, SliceBy sliceBy) {
    if (sliceDocuments < 1) {
      throw new IllegalArgumentException(
          "A slice needs room for at least 1 document, not " + sliceDocuments + ".");
    }

    this.retriever = Retrievers.named(retriever, parameters);
    this.sliceDocuments = sliceDocuments;
    this.sliceBy = sliceBy;
    this.check = Optional.empty();
  }

  private RelateStage(RelateStage stage, EdgeCheck check) {
    this.retriever = stage.retriever;
    this.sliceDocuments = stage.sliceDocuments;
    this.sliceBy = stage.sliceBy;
    this.check = Optional.of(check);
  }

  /** The same stage that also asks a model about each edge, and leaves out those that fail. */
  public RelateStage checking(EdgeCheck edgeCheck) {
    return new RelateStage(this, edgeCheck);
  }

  @Override
  public String name() {
    return "relate";
  }

  @Override
  public List<String> upstream() {
    return check.isPresent()
        ? List.of("ingest", "tokenize", "upsample")
        : List.of("ingest", "upsample");
  }

  @Override
  public List<String> tables() {
    return sliceBy == SliceBy.HASH ? List.of(Tables.EDGES) : List.of(Tables.EDGES, Tables.SLICES);
  }

  @Override
  public SortedMap<String, String> identity() {
    SortedMap<String, String> identity = new TreeMap<>();
    identity.put("retriever", retriever.name());
    identity.put("slice-documents", Integer.toString(sliceDocuments));
    identity.put("slice-by", sliceBy.toString());
    retriever
        .identity()
        .forEach((name, value) -> identity.put(retriever.name() + "." + name, value));
    check.ifPresent(each -> identity.putAll(each.identity()));
    return identity;
  }

  @Override
  public boolean seeded() {
    return true;
  }

  @Override
  public Balance run(StageContext context) {
    RelateResult related =
        RelateAction.on(
                context.spark(), context.table(Tables.DOCUMENTS), context.table(Tables.SELECTION))
            .retriever(retriever)
            .sliceDocuments(sliceDocuments)
            .sliceBy(sliceBy)
            .seed(context.seed())
            .workPath(context.workPath())
            .execute();

    context.figure("slices", related.slices());
    context.figure("slices.reused", related.slicesReused());
    context.figure("edges.near-duplicates", related.nearDuplicates());
    if (related.slicesReused() > 0) {
      context
          .progress()
          .accept(
              "relate: %d of %d slices were finished before"
                  .formatted(related.slicesReused(), related.slices()));
    }

    Optional<CheckEdgesResult> checked = check.map(each -> each.run(context, related.edges()));
    Dataset<Row> edges = checked.map(CheckEdgesResult::edges).orElse(related.edges());
    context.describe("Relate: write the edges", () -> context.write(Tables.EDGES, edges));
    checked.ifPresent(each -> each.verdicts().unpersist());
    if (sliceBy == SliceBy.CONTENT) {
      context.describe(
          "Relate: write the slices", () -> context.write(Tables.SLICES, related.places()));
    }

    related.close();
    return related.counts();
  }
}

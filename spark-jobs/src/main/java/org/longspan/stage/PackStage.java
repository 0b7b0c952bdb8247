package org.longspan.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.longspan.action.LongDocuments;
import org.longspan.action.PackAction;
import org.longspan.action.PackResult;
import org.longspan.action.SliceBy;
import org.longspan.run.Balance;
import org.longspan.run.Counts;

/** Lays the selected documents out on sequences of exactly L tokens. */
public final class PackStage implements Stage {
  private final String packer;
  private final int sequenceLength;
  private final List<Record> options;
  private final LongDocuments longDocuments;
  private final int separatorToken;
  private final int padToken;
  private final int sliceDocuments;
  private final SliceBy sliceBy;

  /**
   * @param options of the packer
   * @param separatorToken token id after each document copy, or -1 for none
   * @param sliceDocuments documents, at most, that one task lays out; the same as in relate
   * @param sliceBy what brought documents into one slice in relate
   */
  public PackStage(
      String packer,
      int sequenceLength,
      List<Record> options,
      LongDocuments longDocuments,
      int separatorToken,
      int padToken,
      int sliceDocuments,
      SliceBy sliceBy) {
    this.packer = packer;
    this.sequenceLength = sequenceLength;
    this.options = List.copyOf(options);
    this.longDocuments = longDocuments;
    this.separatorToken = separatorToken;
    this.padToken = padToken;
    this.sliceDocuments = sliceDocuments;
    this.sliceBy = sliceBy;
  }

  @Override
  public String name() {
    return "pack";
  }

  @Override
  public List<String> upstream() {
    return List.of("tokenize", "upsample", "relate");
  }

  @Override
  public List<String> tables() {
    return List.of(Tables.SEQUENCES);
  }

  @Override
  public SortedMap<String, String> identity() {
    SortedMap<String, String> identity = new TreeMap<>();
    identity.put("packer", packer);
    identity.put("sequence-length", Integer.toString(sequenceLength));
    identity.put("options", options.toString());
    identity.put("long-documents", longDocuments.toString());
    identity.put("separator-token", Integer.toString(separatorToken));
    identity.put("pad-token", Integer.toString(padToken));
    identity.put("slice-documents", Integer.toString(sliceDocuments));
    identity.put("slice-by", sliceBy.toString());
    return identity;
  }

  @Override
  public boolean seeded() {
    return true;
  }

  @Override
  public Balance run(StageContext context) {
    PackAction action =
        PackAction.on(
                context.spark(),
                context.table(Tables.TOKENS),
                context.table(Tables.SELECTION),
                context.table(Tables.EDGES))
            .packer(packer)
            .sequenceLength(sequenceLength)
            .longDocuments(longDocuments)
            .separatorToken(separatorToken)
            .padToken(padToken)
            .sliceDocuments(sliceDocuments)
            .seed(context.seed());
    options.forEach(action::options);
    if (sliceBy == SliceBy.CONTENT) {
      action.slices(context.table(Tables.SLICES));
    }

    try (PackResult packed = action.execute()) {
      Dataset<Row> written =
          context.describe(
              "fill sequences with tokens",
              () -> context.write(Tables.SEQUENCES, packed.sequences()));
      context.writeDrops(packed.drops());
      packed.figures().forEach(context::figure);

      Balance planned = packed.counts();
      Counts out = new Counts(planned.out().documents(), tokens(context, written));
      context
          .progress()
          .accept(
              "%,.0f sequences with %,d tokens, %.2f %% of them text"
                  .formatted(
                      packed.figures().get("sequences"),
                      planned.out().tokens(),
                      100 * packed.figures().get("fill")));
      return Balance.of(planned.in(), planned.added(), out, planned.dropped());
    }
  }

  /** Tokens that really are in the table, whatever the plan was. */
  private static long tokens(StageContext context, Dataset<Row> written) {
    return context.describe(
        "count the tokens of the sequences",
        () ->
            written
                .agg(coalesce(sum(size(col("input_ids")).cast(DataTypes.LongType)), lit(0L)))
                .first()
                .getLong(0));
  }
}

package org.longspan.stage;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The schemas of the run's tables: contracts that others rely on. */
public final class Tables {
  public static final String DOCUMENTS = "documents";
  public static final String TOKENS = "tokens";
  public static final String SCORES = "scores";
  public static final String TOKEN_WEIGHTS = "token_weights";
  public static final String LINKS = "links";
  public static final String SELECTION = "selection";
  public static final String EDGES = "edges";
  public static final String SLICES = "slices";
  public static final String SEQUENCES = "sequences";
  public static final String SCHEDULE = "schedule";
  public static final String RELATEDNESS = "relatedness";
  public static final String EXPOSURE_WEIGHTS = "exposure_weights";
  public static final String DROPS = "drops";
  public static final String QUARANTINE = "quarantine";

  /** doc_id, domain, source, text, chars (code points), sha256, repo, path, meta. */
  public static final StructType DOCUMENTS_SCHEMA =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("source", DataTypes.StringType)
          .add("text", DataTypes.StringType)
          .add("chars", DataTypes.LongType)
          .add("sha256", DataTypes.StringType)
          .add("repo", DataTypes.StringType)
          .add("path", DataTypes.StringType)
          .add("meta", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType));

  /** doc_id, domain, n_tokens, input_ids without BOS or EOS. */
  public static final StructType TOKENS_SCHEMA =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("n_tokens", DataTypes.IntegerType)
          .add("input_ids", DataTypes.createArrayType(DataTypes.IntegerType, false));

  /** One row a document and scorer. */
  public static final StructType SCORES_SCHEMA =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("scorer", DataTypes.StringType)
          .add("status", DataTypes.StringType)
          .add("score", DataTypes.DoubleType)
          .add(
              "details", DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false))
          .add("profile", DataTypes.createArrayType(DataTypes.DoubleType, false))
          .add("error", DataTypes.StringType);

  /** One row a scored document; a weight for each token of the scoring model's tokenizer. */
  public static final StructType TOKEN_WEIGHTS_SCHEMA =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("scorer", DataTypes.StringType)
          .add("weights", DataTypes.createArrayType(DataTypes.FloatType, false));

  /**
   * One row a link of a document; rank from 0, the strongest first; tokens of the scoring model.
   */
  public static final StructType LINKS_SCHEMA =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("scorer", DataTypes.StringType)
          .add("rank", DataTypes.IntegerType)
          .add("start", DataTypes.IntegerType)
          .add("end", DataTypes.IntegerType)
          .add("earlier_start", DataTypes.IntegerType)
          .add("earlier_end", DataTypes.IntegerType)
          .add("strength", DataTypes.DoubleType)
          .add("distance", DataTypes.IntegerType);

  /** One row a document; copies 0: not chosen; last_copy_tokens null: the last copy is whole. */
  public static final StructType SELECTION_SCHEMA =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("bucket", DataTypes.StringType)
          .add("n_tokens", DataTypes.IntegerType)
          .add("score", DataTypes.DoubleType)
          .add("rate", DataTypes.DoubleType)
          .add("copies", DataTypes.IntegerType)
          .add("last_copy_tokens", DataTypes.IntegerType);

  /** One row a neighbour; rank from 0, the most similar first. */
  public static final StructType EDGES_SCHEMA =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("neighbour_id", DataTypes.StringType)
          .add("rank", DataTypes.IntegerType)
          .add("similarity", DataTypes.DoubleType)
          .add("retriever", DataTypes.StringType);

  /** One row a chosen document and slice; at home where it is packed, and elsewhere a replica. */
  public static final StructType SLICES_SCHEMA =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("slice", DataTypes.IntegerType)
          .add("home", DataTypes.BooleanType);

  /** A span of a sequence: token offsets in the document and copy, or what a packer added. */
  public static final StructType SPAN_SCHEMA =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("copy", DataTypes.IntegerType)
          .add("start", DataTypes.IntegerType)
          .add("end", DataTypes.IntegerType)
          .add("role", DataTypes.StringType);

  /** Sequences of exactly L tokens. */
  public static final StructType SEQUENCES_SCHEMA =
      new StructType()
          .add("sequence_id", DataTypes.LongType)
          .add("input_ids", DataTypes.createArrayType(DataTypes.IntegerType, false))
          .add("spans", DataTypes.createArrayType(SPAN_SCHEMA, false))
          .add("seq_lengths", DataTypes.createArrayType(DataTypes.IntegerType, false))
          .add("position_ids", DataTypes.createArrayType(DataTypes.IntegerType, false))
          .add("loss_runs", DataTypes.createArrayType(DataTypes.IntegerType, false))
          .add("relatedness", DataTypes.DoubleType)
          .add("packer", DataTypes.StringType)
          .add("domains", DataTypes.createArrayType(DataTypes.StringType, false));

  /**
   * How related the documents of a row are: a row a measure, domain (null: all) and, in histograms,
   * bucket, which begins with at_least.
   */
  public static final StructType RELATEDNESS_SCHEMA =
      new StructType()
          .add("measure", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("at_least", DataTypes.LongType)
          .add("value", DataTypes.DoubleType)
          .add("count", DataTypes.LongType);

  /** A weight for each token of a sequence, 0 where it is not trained. */
  public static final StructType EXPOSURE_WEIGHTS_SCHEMA =
      new StructType()
          .add("sequence_id", DataTypes.LongType)
          .add("weights", DataTypes.createArrayType(DataTypes.FloatType, false));

  /** One row a training step; step dense from 0; loss_weights null where all count alike. */
  public static final StructType SCHEDULE_SCHEMA =
      new StructType()
          .add("step", DataTypes.LongType)
          .add("phase", DataTypes.StringType)
          .add("sequence_length", DataTypes.IntegerType)
          .add("sequence_ids", DataTypes.createArrayType(DataTypes.LongType, false))
          .add("cost", DataTypes.LongType)
          .add("loss_weights", DataTypes.createArrayType(DataTypes.DoubleType, false));

  /** What a stage left out. */
  public static final StructType DROPS_SCHEMA =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("stage", DataTypes.StringType)
          .add("reason", DataTypes.StringType)
          .add("tokens", DataTypes.LongType)
          .add("detail", DataTypes.StringType);

  /** Input rows that could not be read as documents. */
  public static final StructType QUARANTINE_SCHEMA =
      new StructType()
          .add("file", DataTypes.StringType)
          .add("line", DataTypes.LongType)
          .add("reason", DataTypes.StringType)
          .add("raw", DataTypes.StringType);

  private Tables() {}

  /** The schema of a table by name, with or without that of a phase. */
  public static StructType schema(String table) {
    return switch (Phase.withoutPhase(table)) {
      case DOCUMENTS -> DOCUMENTS_SCHEMA;
      case TOKENS -> TOKENS_SCHEMA;
      case SCORES -> SCORES_SCHEMA;
      case TOKEN_WEIGHTS -> TOKEN_WEIGHTS_SCHEMA;
      case LINKS -> LINKS_SCHEMA;
      case SELECTION -> SELECTION_SCHEMA;
      case EDGES -> EDGES_SCHEMA;
      case SLICES -> SLICES_SCHEMA;
      case SEQUENCES -> SEQUENCES_SCHEMA;
      case SCHEDULE -> SCHEDULE_SCHEMA;
      case RELATEDNESS -> RELATEDNESS_SCHEMA;
      case EXPOSURE_WEIGHTS -> EXPOSURE_WEIGHTS_SCHEMA;
      case DROPS -> DROPS_SCHEMA;
      case QUARANTINE -> QUARANTINE_SCHEMA;
      default -> throw new IllegalArgumentException("There is no table " + table + ".");
    };
  }
}

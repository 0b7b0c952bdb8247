package org.longspan.stage;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.action.ExportAction;
import org.longspan.action.ExportResult;
import org.longspan.run.Balance;

/** Writes the sequences in the formats that trainers read. */
public final class ExportStage implements Stage {
  private final List<String> formats;
  private final int vocabularySize;

  /**
   * @param formats by name: {@code parquet}, {@code megatron}
   * @param vocabularySize number of token ids of the tokenizer
   */
  public ExportStage(List<String> formats, int vocabularySize) {
    this.formats = List.copyOf(formats);
    this.vocabularySize = vocabularySize;
  }

  @Override
  public String name() {
    return "export";
  }

  @Override
  public List<String> upstream() {
    return List.of("pack");
  }

  @Override
  public List<String> tables() {
    return List.of();
  }

  @Override
  public SortedMap<String, String> identity() {
    SortedMap<String, String> identity = new TreeMap<>();
    identity.put("formats", String.join(",", formats));
    identity.put("vocabulary-size", Integer.toString(vocabularySize));
    return identity;
  }

  @Override
  public Balance run(StageContext context) {
    ExportResult exported =
        ExportAction.on(context.spark(), context.table(Tables.SEQUENCES))
            .formats(formats)
            .vocabularySize(vocabularySize)
            .into(context.filesPath("export"))
            .execute();
    exported.folders().forEach((format, folder) -> context.progress().accept("wrote " + format));
    return exported.counts();
  }
}

package org.longspan.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One JSON object a line; blank lines are no rows. A line may be about six times as long as the
 * largest document, for escapes, and 1 MiB more, for other fields.
 */
final class JsonLinesFormat implements Format {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  public boolean goesWith(String name) {
    return name.endsWith(".jsonl") || name.endsWith(".json") || name.endsWith(".ndjson");
  }

  @Override
  public boolean splits() {
    return true;
  }

  @Override
  public boolean givesRepositories(ColumnNames columns) {
    return columns.repo() != null;
  }

  @Override
  public RowSource open(Piece piece, InputStream in, ColumnNames columns, RowRules rules)
      throws IOException {
    int limit = rules.jsonLineBytes();
    return new LineRows(piece, Lines.of(piece, in, limit)) {
      @Override
      InputRow row(Place place, byte[] bytes, int length) {
        return parse(place, bytes, length, columns, rules);
      }
    };
  }

  private static InputRow parse(
      Place place, byte[] bytes, int length, ColumnNames columns, RowRules rules) {
    String raw = Utf8.lenient(bytes, length);
    Optional<String> line = Utf8.decode(bytes, length);
    if (line.isEmpty()) {
      return InputRow.bad(place, Reason.BROKEN_UTF8, raw);
    }

    if (line.get().indexOf('\0') >= 0) {
      return InputRow.bad(place, Reason.NUL, raw);
    }

    JsonNode row;
    try {
      row = Json.parse(line.get());
    } catch (JsonProcessingException e) {
      return InputRow.bad(place, Reason.BROKEN_JSON, raw);
    }

    if (!row.isObject()) {
      return InputRow.bad(place, Reason.BROKEN_JSON, raw);
    }

    JsonNode id = field(row, columns.id());
    if (!id.isMissingNode() && !id.isNull() && !id.isTextual() && !id.isNumber()) {
      return InputRow.bad(place, Reason.BAD_ID, raw);
    }

    JsonNode text = field(row, columns.text());
    String domain = string(field(row, columns.domain()));
    String repo = string(field(row, columns.repo()));
    Map<String, String> meta = new TreeMap<>();
    columns.meta().forEach((ours, theirs) -> keep(meta, ours, string(field(row, theirs))));
    return rules.accept(
        place,
        new Fields(
            string(id),
            text.isTextual() ? text.textValue() : null,
            domain,
            repo,
            rules.repositoryKey(place, domain, repo),
            string(field(row, columns.path())),
            meta),
        raw);
  }

  /** The field of this name, else the one that its dots lead to. */
  private static JsonNode field(JsonNode row, String name) {
    if (name == null) {
      return row.path("");
    }

    if (row.has(name)) {
      return row.get(name);
    }

    JsonNode at = row;
    for (String part : name.split("\\.", -1)) {
      at = at.path(part);
    }

    return at;
  }

  private static String string(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }

    if (value.isNumber()) {
      return value.decimalValue().toPlainString();
    }

    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static void keep(Map<String, String> meta, String name, String value) {
    if (value != null) {
      meta.put(name, value);
    }
  }
}

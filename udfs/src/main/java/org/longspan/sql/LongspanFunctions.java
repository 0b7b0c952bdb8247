package org.longspan.sql;

import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.longspan.score.LongWanjuanClasses;
import org.longspan.scoring.Scoring;
import scala.Tuple3;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The SQL functions:
 *
 * <ul>
 *   <li>{@code longspan_tokens(text [, tokenizer])}: the ids, {@code array<int>}
 *   <li>{@code longspan_token_count(text [, tokenizer])}: how many, {@code int}
 *   <li>{@code longspan_score(text, scorer [, model])}: the score as published, {@code double};
 *       null where the text is too short
 *   <li>{@code longspan_class(coherence, cohesion, complexity [, low])}: {@link
 *       LongWanjuanClasses}, {@code string}; ranks from 0 to 1 in, below {@code low} is low and
 *       above 1 - {@code low} high; a third unless given
 * </ul>
 *
 * <p>A tokenizer or model is {@code builtin:starter}, the default, or a place that all executors
 * reach; each is read once in a JVM. Null in gives null out.
 */
public final class LongspanFunctions {
  private static final String STARTER = "builtin:starter";

  private static final UserDefinedFunction TOKENS =
      functions.udf(
          (UDF2<String, String, int[]>) JvmModels::tokens,
          DataTypes.createArrayType(DataTypes.IntegerType, false));
  private static final UserDefinedFunction TOKEN_COUNT =
      functions.udf((UDF2<String, String, Integer>) JvmModels::tokenCount, DataTypes.IntegerType);
  private static final UserDefinedFunction SCORE =
      functions.udf((UDF3<String, String, String, Double>) JvmModels::score, DataTypes.DoubleType);

  private static final UserDefinedFunction CLASS =
      functions.udf(
          (UDF4<Double, Double, Double, Double, String>) LongspanFunctions::kind,
          DataTypes.StringType);

  private static final List<SqlFunction> ALL =
      List.of(
          new SqlFunction(
              "longspan_tokens",
              "(text [, tokenizer]) - The token ids of a text.",
              1,
              arguments -> TOKENS.apply(withDefault(arguments, 2))),
          new SqlFunction(
              "longspan_token_count",
              "(text [, tokenizer]) - The number of tokens of a text.",
              1,
              arguments -> TOKEN_COUNT.apply(withDefault(arguments, 2))),
          new SqlFunction(
              "longspan_score",
              "(text, scorer [, model]) - The long-dependency score of a text; null where it is too short.",
              2,
              LongspanFunctions::score),
          new SqlFunction(
              "longspan_class",
              "(coherence, cohesion, complexity [, low]) - LongWanjuan's class of a document with these ranks.",
              3,
              LongspanFunctions::kind));

  private LongspanFunctions() {}

  /** Adds the functions to a session that is running; they are temporary functions of it. */
  public static void register(SparkSession spark) {
    ALL.forEach(
        function ->
            spark
                .sessionState()
                .functionRegistry()
                .registerFunction(function.identifier(), function.info(), function::build));
  }

  /** Adds the functions to every session that these extensions build. */
  public static void inject(SparkSessionExtensions extensions) {
    ALL.forEach(
        function ->
            extensions.injectFunction(
                new Tuple3<>(function.identifier(), function.info(), function::build)));
  }

  private static Column score(Column[] arguments) {
    if (arguments[1].expr() instanceof Literal scorer && scorer.value() != null) {
      Scoring.requireKnown(List.of(scorer.value().toString()));
    }

    return SCORE.apply(withDefault(arguments, 3));
  }

  private static Column kind(Column[] arguments) {
    Column[] all = new Column[4];

    for (int a = 0; a < all.length; a++) {
      all[a] = a < arguments.length ? arguments[a].cast(DataTypes.DoubleType) : lit(1 / 3.0);
    }

    return CLASS.apply(all);
  }

  private static String kind(Double coherence, Double cohesion, Double complexity, Double low) {
    return coherence == null || cohesion == null || complexity == null || low == null
        ? null
        : new LongWanjuanClasses(low, 1 - low).of(coherence, cohesion, complexity).label();
  }

  /** The arguments as strings, with the starter model where the last one is not given. */
  private static Column[] withDefault(Column[] arguments, int count) {
    Column[] all = new Column[count];

    for (int a = 0; a < count; a++) {
      all[a] = a < arguments.length ? arguments[a].cast(DataTypes.StringType) : lit(STARTER);
    }

    return all;
  }

  /** A function with one optional argument at its end. */
  private record SqlFunction(
      String name, String usage, int required, Function<Column[], Column> call) {
    FunctionIdentifier identifier() {
      return new FunctionIdentifier(name);
    }

    ExpressionInfo info() {
      return new ExpressionInfo(
          LongspanFunctions.class.getName(), null, name, "_FUNC_" + usage, "");
    }

    Expression build(Seq<Expression> arguments) {
      if (arguments.size() < required || arguments.size() > required + 1) {
        throw new IllegalArgumentException(
            "%s takes %d or %d arguments, not %d: %s%s"
                .formatted(name, required, required + 1, arguments.size(), name, usage));
      }

      return call.apply(
              JavaConverters.seqAsJavaList(arguments).stream()
                  .map(Column::new)
                  .toArray(Column[]::new))
          .expr();
    }
  }
}

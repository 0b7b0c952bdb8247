package org.longspan.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.longspan.model.CausalLm;
import org.longspan.model.ModelDirectory;
import org.longspan.score.PairPlan;
import org.longspan.seed.Seeded;
import org.longspan.tokenizer.Tokenizer;

/**
 * Every pair of segments of some documents of a corpus, measured once, so that {@link
 * SamplingBenchmark} can draw from them as often as it likes. A run continues the file that it
 * finds.
 *
 * <p>Arguments: model, folder of {@code *.jsonl.gz} with id, domain and text, output (JSON Lines),
 * documents a domain, and if wanted the fewest and the most segments of a document. See
 * docs/benchmarks.md.
 *
 * @param ids the tokens of the measured segments, side by side
 * @param losses of each segment alone, token by token from the second on
 * @param together loss of each pair, in the order of {@link PairPlan}
 */
record AllPairs(String id, String domain, int[] ids, float[][] losses, double[] together) {
  static final int SEGMENT = 128;
  static final int FEWEST = 32;
  static final int MOST = 64;
  private static final long SEED = 11;
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] args) throws IOException {
    ModelDirectory directory = ModelDirectory.resolve(args[0]);
    Path output = Path.of(args[2]);
    Tokenizer tokenizer = Tokenizer.load(args[0]);
    int fewest = args.length > 4 ? Integer.parseInt(args[4]) : FEWEST;
    int most = args.length > 5 ? Integer.parseInt(args[5]) : MOST;
    List<Candidate> candidates =
        candidates(Path.of(args[1]), Integer.parseInt(args[3]), fewest, most);
    Set<String> done = new HashSet<>();

    if (Files.exists(output)) {
      read(output).forEach(each -> done.add(each.id));
    }

    try (CausalLm model = CausalLm.open(directory)) {
      for (Candidate candidate : candidates) {
        if (!done.contains(candidate.id)) {
          AllPairs measured =
              measure(model, candidate, tokenizer.encode(candidate.text), fewest, most);
          Files.writeString(
              output,
              JSON.writeValueAsString(measured) + "\n",
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND);
          System.out.printf(
              "%s %s: %d segments%n", measured.domain, measured.id, measured.losses.length);
        }
      }
    }
  }

  /** The tokens of each segment. */
  static int[][] segments(int[] ids) {
    int[][] segments = new int[ids.length / SEGMENT][];

    for (int i = 0; i < segments.length; i++) {
      segments[i] = Arrays.copyOfRange(ids, i * SEGMENT, (i + 1) * SEGMENT);
    }

    return segments;
  }

  /** The plan of all pairs of this many segments. */
  private static PairPlan plan(int segments) {
    return PairPlan.draw(segments * SEGMENT, SEGMENT, Math.max(2, segments) * SEGMENT, 0, 0, "");
  }

  static List<AllPairs> read(Path file) throws IOException {
    List<AllPairs> all = new ArrayList<>();

    for (String line : Files.readAllLines(file)) {
      all.add(JSON.readValue(line, AllPairs.class));
    }

    return all;
  }

  private static AllPairs measure(
      CausalLm model, Candidate candidate, int[] tokens, int fewest, int most) {
    long drawn = Seeded.hash(SEED, "all-pairs-segments", candidate.id);
    int segments = fewest + (int) Seeded.index(drawn, most - fewest + 1);
    int[] ids = Arrays.copyOf(tokens, Math.min(segments, tokens.length / SEGMENT) * SEGMENT);
    int[][] texts = segments(ids);
    float[][] losses = new float[texts.length][];

    for (int i = 0; i < losses.length; i++) {
      losses[i] = model.losses(new int[][] {texts[i]})[0];
    }

    PlannedDocument document = new PlannedDocument(ids, plan(texts.length));
    var measured = new SegmentPairsMeasurement(model, 2048).measure(List.of(document)).get(0);

    if (measured.failed()) {
      throw new IllegalStateException(candidate.id + ": " + measured.error());
    }

    return new AllPairs(
        candidate.id, candidate.domain, ids, losses, measured.measurement().together());
  }

  /** So many documents drawn from each domain among the long enough, one of each domain in turn. */
  static List<Candidate> candidates(Path folder, int documents, int fewest, int most)
      throws IOException {
    TreeMap<String, List<Candidate>> domains = new TreeMap<>();

    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().endsWith(".jsonl.gz"))
          .flatMap(file -> longTexts(file, fewest, most))
          .forEach(
              each -> domains.computeIfAbsent(each.domain, key -> new ArrayList<>()).add(each));
    }

    domains
        .values()
        .forEach(
            texts ->
                texts.sort(
                    Comparator.comparing(
                        each -> Seeded.hash(SEED, "all-pairs", each.id), Long::compareUnsigned)));
    List<Candidate> candidates = new ArrayList<>();

    for (int rank = 0; rank < documents; rank++) {
      for (List<Candidate> texts : domains.values()) {
        if (rank < texts.size()) {
          candidates.add(texts.get(rank));
        }
      }
    }

    return candidates;
  }

  /** 10 characters a token are more than any of these texts has, 5 more than most have. */
  private static Stream<Candidate> longTexts(Path file, int fewest, int most) {
    List<Candidate> texts = new ArrayList<>();

    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode document = JSON.readTree(line);
        String text = document.path("text").asText();

        if (text.length() >= 5 * fewest * SEGMENT) {
          texts.add(
              new Candidate(
                  document.path("id").asText(),
                  document.path("domain").asText(),
                  text.substring(0, Math.min(text.length(), 10 * most * SEGMENT))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }

    return texts.stream();
  }

  record Candidate(String id, String domain, String text) {}
}

package org.longspan.pack;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The packers by name. A new one is a class and a line here. */
public final class Packers {
  private static final Map<String, Function<PackerParameters, Packer>> BY_NAME = new TreeMap<>();

  static {
    BY_NAME.put(
        Splice.NAME, p -> new Splice(p.sequenceLength(), p.orElse(Splice.Options.PUBLISHED)));
    BY_NAME.put(BestFit.NAME, p -> new BestFit(p.sequenceLength(), p.orElse(Pieces.WHOLE)));
    BY_NAME.put(PMix.NAME, p -> new PMix(p.sequenceLength(), p.orElse(PMix.Options.PUBLISHED)));
    BY_NAME.put(
        Decompose.NAME,
        p -> new Decompose(p.sequenceLength(), p.orElse(Decompose.Options.PUBLISHED)));
    BY_NAME.put(
        InContext.NAME,
        p -> new InContext(p.sequenceLength(), p.orElse(InContext.Options.PUBLISHED)));
    BY_NAME.put(
        Cluster.NAME, p -> new Cluster(p.sequenceLength(), p.orElse(Cluster.Options.PUBLISHED)));
    BY_NAME.put(
        Topics.NAME, p -> new Topics(p.sequenceLength(), p.orElse(Topics.Options.PUBLISHED)));
    BY_NAME.put(Quest.NAME, p -> new Quest(p.sequenceLength()));
    BY_NAME.put(
        DataSculpt.NAME,
        p -> new DataSculpt(p.sequenceLength(), p.orElse(DataSculpt.Options.PUBLISHED)));
    BY_NAME.put(
        NextLong.NAME, p -> new NextLong(p.sequenceLength(), p.orElse(NextLong.Options.PUBLISHED)));
    BY_NAME.put(
        Interleaved.NAME,
        p -> new Interleaved(p.sequenceLength(), p.orElse(Interleaved.Options.PUBLISHED)));
    BY_NAME.put(
        Seamless.NAME, p -> new Seamless(p.sequenceLength(), p.orElse(Seamless.Options.PUBLISHED)));
    BY_NAME.put(Knn.NAME, p -> new Knn(p.sequenceLength()));
    BY_NAME.put(RetrievalGroups.NAME, p -> new RetrievalGroups(p.sequenceLength()));
    for (String name : List.of(Concat.AS_NAMED, Concat.RANDOM, Concat.WITHIN_DOMAIN)) {
      BY_NAME.put(name, p -> new Concat(name, p.sequenceLength(), p.orElse(Pieces.WHOLE)));
    }
  }

  private Packers() {}

  /**
   * The packer of that name.
   *
   * @throws IllegalArgumentException if there is none, or it cannot work with these parameters
   */
  public static Packer named(String name, PackerParameters parameters) {
    Function<PackerParameters, Packer> packer = BY_NAME.get(name);
    if (packer == null) {
      throw new IllegalArgumentException(
          "There is no packer \"%s\"; choose one of %s.".formatted(name, names()));
    }

    return packer.apply(parameters);
  }

  /** All names, in alphabetical order. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(BY_NAME.keySet());
  }
}

package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PackersTest {
  private static final PackerParameters PARAMETERS =
      PackerParameters.of(8)
          .with(
              new Decompose.Options(
                  DatasetDecomposition.Unit.POWER,
                  2,
                  DatasetDecomposition.Overlong.LONGEST,
                  Decompose.Tail.DROP))
          .with(new NextLong.Options(2, 3, NextLong.Placement.RANDOM, 2))
          .with(new Topics.Options(new Grouping(0, 4), GroupOrder.CENTRAL));

  @Test
  void everyNameGivesThePackerOfThatName() {
    assertThat(Packers.names()).isNotEmpty();
    assertThat(Packers.names())
        .allSatisfy(name -> assertThat(Packers.named(name, PARAMETERS).name()).isEqualTo(name));
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> Packers.named("slice", PARAMETERS))
        .hasMessage("There is no packer \"slice\"; choose one of %s.".formatted(Packers.names()));
  }

  @Property(tries = 60)
  void everyPackerGivesEveryTokenOnePlaceOrAReason(
      @ForAll("packers") String name, @ForAll("corpora") Corpora.Corpus corpus, @ForAll long seed) {
    Packer packer = Packers.named(name, PARAMETERS);
    Layout layout = packer.pack(corpus.slice(), corpus.edges(), seed);

    Stream<Item> dropped = layout.drops().stream().map(Layout.Drop::item);
    Map<String, Integer> placed =
        Corpora.placedTokens(Stream.concat(Corpora.items(layout), dropped));
    switch (packer.repeats()) {
      case NONE -> assertThat(placed).isEqualTo(Corpora.allTokens(corpus.slice()));
      case OVERLAPS ->
          assertThat(placed.keySet()).isEqualTo(Corpora.allTokens(corpus.slice()).keySet());
    }
  }

  @Property(tries = 60)
  void rowsHaveTheLengthsOfTheirPackerAndNoTwoCopiesOfADocument(
      @ForAll("packers") String name, @ForAll("corpora") Corpora.Corpus corpus, @ForAll long seed) {
    Packer packer = Packers.named(name, PARAMETERS);
    Layout layout = packer.pack(corpus.slice(), corpus.edges(), seed);

    assertThat(layout.rows())
        .allSatisfy(
            row -> {
              assertThat(packer.lengths(PARAMETERS.sequenceLength())).contains(row.room());
              assertThat(row.relatedness()).isBetween(0.0, 1.0);
              assertThat(Corpora.copiesMeet(row)).isFalse();
            });
    assertThat(packer.pack(corpus.slice(), corpus.edges(), seed)).isEqualTo(layout);
  }

  @Provide
  Arbitrary<String> packers() {
    return Arbitraries.of(Packers.names());
  }

  @Provide
  Arbitrary<Corpora.Corpus> corpora() {
    return Corpora.any();
  }
}

package org.longspan.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.longspan.score.Cohesion;
import org.longspan.score.Complexity;
import org.longspan.score.Discourse;
import org.longspan.score.Score;
import org.longspan.score.Status;

class DiscourseReadingTest {
  @Test
  void connectivesAndPronounsAreWholeWords() {
    Discourse read =
        DiscourseReading.measure("However, they thawed the butter. Thus it was\nsoft.");
    assertThat(read.words()).isEqualTo(9);
    assertThat(read.connectives()).as("however, thus").isEqualTo(2);
    assertThat(read.pronouns()).as("they, it").isEqualTo(2);
  }

  @Test
  void ofOverlappingConnectivesTheLongestCountsOnce() {
    assertThat(DiscourseReading.measure("on the other\nhand, as a result of").connectives())
        .isEqualTo(4 + 3);
    assertThat(DiscourseReading.measure("on the other side").connectives()).isZero();
    assertThat(DiscourseReading.measure("尽管如此他去").connectives()).isEqualTo(4);
  }

  @Test
  void aChineseCharacterIsAWord() {
    Discourse read = DiscourseReading.measure("因此我们 use Spark，他们不用。");
    assertThat(read.words()).isEqualTo(4 + 2 + 4);
    assertThat(read.connectives()).isEqualTo(2);
    assertThat(read.pronouns()).isEqualTo(4);
    assertThat(read.commas()).isEqualTo(1);
  }

  @Test
  void ratesAreSharesOfWords() {
    Score score = new Cohesion().score(DiscourseReading.measure("Therefore we stop here."));
    assertThat(score.value().getAsDouble()).isEqualTo(0.25);
    assertThat(score.details()).containsEntry("pronoun_rate", 0.25).containsEntry("words", 4.0);
  }

  @Test
  void varietyDoesNotFallWithLength() {
    String thousand =
        IntStream.range(0, 1000).mapToObj(i -> "w" + i % 500).collect(Collectors.joining(" "));
    Score one = new Complexity().score(DiscourseReading.measure(thousand));
    Score five = new Complexity().score(DiscourseReading.measure((thousand + "\n").repeat(5)));
    assertThat(one.value().getAsDouble()).isEqualTo(0.5);
    assertThat(five.value().getAsDouble()).isEqualTo(0.5);
    assertThat(five.details()).containsEntry("type_token_ratio", 0.1).containsEntry("lines", 5.0);
  }

  @Test
  void aTextOfLessThanAStretchIsOne() {
    assertThat(new Complexity().score(DiscourseReading.measure("a b a")).value().getAsDouble())
        .isEqualTo(2 / 3.0);
  }

  @Test
  void aTextWithoutWordsIsTooShort() {
    Discourse nothing = DiscourseReading.measure(" ,| \n");
    assertThat(new Cohesion().score(nothing).status()).isEqualTo(Status.TOO_SHORT);
    assertThat(new Complexity().score(nothing).status()).isEqualTo(Status.TOO_SHORT);
  }
}

package org.longspan.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.longspan.conf.ConfigurationException;
import org.longspan.stage.RunPlan.Decision;

class RunPlanTest {
  private final Map<String, String> commits = new HashMap<>();

  @Test
  void whatIsCommittedWithTheSameFingerprintIsReused() {
    commit(stages("7"));

    assertThat(decisions(stages("7"), "c1", StageRange.all())).containsOnly(Decision.REUSE);
  }

  @Test
  void aChangedValueRunsItsStageAndExactlyThoseDownstream() {
    commit(stages("7"));

    assertThat(decisions(stages("8"), "c1", StageRange.all()))
        .containsExactly(Decision.REUSE, Decision.RUN, Decision.REUSE, Decision.RUN);
  }

  @Test
  void otherCodeRunsAll() {
    commit(stages("7"));

    assertThat(decisions(stages("7"), "c2", StageRange.all())).containsOnly(Decision.RUN);
  }

  @Test
  void aStageWhoseTablesAreGoneRunsAloneWhereItsInputIsTheSame() {
    commit(stages("7"));
    commits.remove("score");

    assertThat(decisions(stages("7"), "c1", StageRange.all()))
        .containsExactly(Decision.REUSE, Decision.RUN, Decision.REUSE, Decision.REUSE);
  }

  @Test
  void fromForcesAStageAndAllAfterIt() {
    commit(stages("7"));

    assertThat(decisions(stages("7"), "c1", StageRange.all().from("relate")))
        .containsExactly(Decision.REUSE, Decision.REUSE, Decision.RUN, Decision.RUN);
    assertThat(decisions(stages("7"), "c1", StageRange.all().from("score").to("relate")))
        .containsExactly(Decision.REUSE, Decision.RUN, Decision.RUN, Decision.LATER);
  }

  @Test
  void fromNeedsWhatIsBeforeIt() {
    commit(stages("7"));

    assertThatThrownBy(() -> decisions(stages("8"), "c1", StageRange.all().from("pack")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("--from: pack: Stage score before it is not finished")
        .hasMessageContaining("Run without --from");
  }

  @Test
  void unknownStagesAreNamedWithTheKnownOnes() {
    assertThatThrownBy(() -> decisions(stages("7"), "c1", StageRange.all().to("scores")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "--to: scores: There is no such stage. The stages are tokenize, score, relate, pack.");
  }

  @Test
  void fromMustNotComeAfterTo() {
    assertThatThrownBy(
            () -> decisions(stages("7"), "c1", StageRange.all().from("pack").to("score")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("comes after score");
  }

  @Test
  void stagesThatDoNotFitTogetherAreRefused() {
    assertThatThrownBy(() -> decisions(List.of(), "c1", StageRange.all()))
        .hasMessageContaining("at least one stage");
    assertThatThrownBy(() -> decisions(List.of(Toy.named("a", "b")), "c1", StageRange.all()))
        .hasMessageContaining("not all precede it");
    assertThatThrownBy(
            () ->
                decisions(
                    List.of(Toy.named("a").tables("t"), Toy.named("b").tables("t")),
                    "c1",
                    StageRange.all()))
        .hasMessageContaining("Two stages write the table t");
  }

  /** score and relate read tokenize; pack reads score. */
  private static List<Stage> stages(String threshold) {
    return List.of(
        Toy.named("tokenize"),
        Toy.named("score", "tokenize").identity(Map.of("threshold", threshold)),
        Toy.named("relate", "tokenize"),
        Toy.named("pack", "score"));
  }

  private void commit(List<Stage> stages) {
    RunPlan.of(stages, "c1", 11, StageRange.all(), (stage, fingerprint) -> false)
        .steps()
        .forEach(step -> commits.put(step.name(), step.fingerprint()));
  }

  private List<Decision> decisions(List<Stage> stages, String code, StageRange range) {
    return RunPlan.of(
            stages, code, 11, range, (stage, fingerprint) -> fingerprint.equals(commits.get(stage)))
        .steps()
        .stream()
        .map(RunPlan.Step::decision)
        .toList();
  }
}

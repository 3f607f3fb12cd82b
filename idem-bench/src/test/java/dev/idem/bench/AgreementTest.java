package dev.idem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.bench.Workload.Net;
import dev.idem.bench.Workload.Objective;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AgreementTest {

  private static final Peer IDEM = new IdemPeer(1);
  private static final Peer TORCH = new TorchPeer(1);

  @ParameterizedTest
  @EnumSource(Net.class)
  void theEnginesAgreeOnEveryStepAndItsLoss(Net net) {
    for (Objective objective : Objective.values()) {
      Agreement agreement = Agreement.of(Workload.of(net, objective), IDEM, TORCH);

      assertThat(agreement.holds())
          .withFailMessage("%s, %s: %s", net.label(), objective.label(), agreement)
          .isTrue();
    }
  }

  @Test
  void stepsThatDoLessDoNotAgree() {
    Workload workload = Workload.of(Net.MLP_64, Objective.SUBSTITUTED);

    assertThat(Agreement.of(workload, IDEM, withoutLastStep(IDEM)).moved()).isGreaterThan(0.05);
    assertThat(Agreement.of(workload, IDEM, withoutLastStep(IDEM)).holds()).isFalse();
  }

  @Test
  void theWrongObjectiveDoesNotAgree() {
    Peer other =
        new Changed(IDEM) {
          @Override
          public Trace train(Workload workload, int steps) {
            return IDEM.train(Workload.of(workload.net(), Objective.CANONICAL), steps);
          }
        };

    Workload workload = Workload.of(Net.MLP_64, Objective.RECONSTRUCTION);
    assertThat(Agreement.of(workload, IDEM, other).holds()).isFalse();
  }

  /** With the weights of one step less. */
  private static Peer withoutLastStep(Peer peer) {
    return new Changed(peer) {
      @Override
      public Trace train(Workload workload, int steps) {
        Trace full = peer.train(workload, steps);
        Map<String, float[]> weights =
            new LinkedHashMap<>(peer.train(workload, steps - 1).weights());
        return new Trace(full.losses(), weights);
      }
    };
  }

  private abstract static class Changed implements Peer {
    private final Peer peer;

    Changed(Peer peer) {
      this.peer = peer;
    }

    @Override
    public List<Double> time(Workload workload, double seconds) {
      return peer.time(workload, seconds);
    }
  }
}

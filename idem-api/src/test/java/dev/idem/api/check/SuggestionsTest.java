package dev.idem.api.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuggestionsTest {

  private static final List<String> KNOWN = List.of("canonical", "substituted", "limited", "abc");

  @ParameterizedTest
  @CsvSource({
    "canonicl, canonical",
    "cannonical, canonical",
    "CANONICAL, canonical",
    "limi, limited",
    "ilmited, limited",
    "abd, abc",
  })
  void theClosestNameIsSuggested(String mistyped, String meant) {
    assertThat(Suggestions.closest(mistyped, KNOWN)).contains(meant);
    assertThat(Suggestions.hint(mistyped, KNOWN)).isEqualTo("; did you mean '" + meant + "'?");
  }

  @ParameterizedTest
  @CsvSource({"canopies", "xyz", "axy", "stochastic"})
  void whatIsFarFromEveryNameHasNoSuggestion(String name) {
    assertThat(Suggestions.closest(name, KNOWN)).isEmpty();
    assertThat(Suggestions.hint(name, KNOWN)).isEmpty();
  }

  @Test
  void aShortOrBlankNameIsCloseToLittle() {
    assertThat(Suggestions.closest("", KNOWN)).isEmpty();
    assertThat(Suggestions.closest(" ", KNOWN)).isEmpty();
    assertThat(Suggestions.closest("foo", List.of("floor"))).isEmpty();
    assertThat(Suggestions.closest("igm", List.of("ign"))).contains("ign");
  }

  @Test
  void anUnknownNameIsReportedWithTheKnownNames() {
    assertThat(Suggestions.unknown("strategy", "limitd", KNOWN))
        .isEqualTo(
            "unknown strategy 'limitd'; did you mean 'limited'?"
                + " Known: canonical, substituted, limited, abc");
    assertThat(Suggestions.unknown("figure", "xyz", List.of("a")))
        .isEqualTo("unknown figure 'xyz'. Known: a");
    assertThat(Suggestions.unknown("figure", "xyz", List.of()))
        .isEqualTo("unknown figure 'xyz'. Known: ");
  }

  @Test
  void aFormerNameLeadsToThePresentOneWhereThatIsKnown() {
    assertThat(Suggestions.unknown("strategy", "iterator", KNOWN))
        .isEqualTo("unknown strategy 'iterator'; it is now called 'substituted'");
    assertThat(Suggestions.unknown("form", "iterator", List.of("a", "b")))
        .isEqualTo("unknown form 'iterator'. Known: a, b");
  }
}

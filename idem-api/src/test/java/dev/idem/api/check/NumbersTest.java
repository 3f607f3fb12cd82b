package dev.idem.api.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0.0,0",
    "-0.0,0",
    "1.0,1",
    "-2.5,-2.5",
    "0.001,0.001",
    "1.0E-4,0.0001",
    "9.0E-5,9e-5",
    "1.0E-8,1e-8",
    "-1.25E-7,-1.25e-7",
    "20000.0,20000",
    "1.0E15,1e15",
    "1.2E300,1.2e300",
    "NaN,NaN",
    "Infinity,Infinity",
    "-Infinity,-Infinity"
  })
  void textIsShortAndWithoutAnExponentWhereOneReadsItBetter(double value, String text) {
    assertThat(Numbers.text(value)).isEqualTo(text);
  }

  @Property
  void textReadsBackAsTheSameNumberInEveryLocale(@ForAll double value) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(Double.parseDouble(Numbers.text(value)) + 0.0).isEqualTo(value + 0.0);
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.0,3,0", "0.12345,3,0.123", "0.1,3,0.1", "99999.4,3,1e5", "0.0009996,3,0.001",
    "0.00012345,3,1.23e-4", "-123456.0,2,-1.2e5", "NaN,3,–", "Infinity,3,∞", "-Infinity,3,−∞"
  })
  void roundedHasSoManyDigits(double value, int digits, String text) {
    assertThat(Numbers.rounded(value, digits)).isEqualTo(text);
  }

  @Test
  void noDigitsAreNoNumber() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Numbers.rounded(1.0, 0))
        .withMessageContaining("digits (0) must be positive");
  }
}

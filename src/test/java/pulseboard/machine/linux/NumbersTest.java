package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "007, 7", "9223372036854775807, 9223372036854775807"})
    void countIsAnyWholeNumberThatFits(String word, long value) {
        assertEquals(value, Numbers.count(word));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "+1",
                "1.5",
                "12kB",
                "max",
                "<unknown>",
                "\u0661",
                "9223372036854775808",
                "18446744073709551615",
                "99999999999999999999999999"
            })
    void whatIsNoCountIsUnknown(String word) {
        assertEquals(Numbers.UNKNOWN, Numbers.count(word));
    }

    @Test
    void countOfAWordEndsAtWhiteSpaceOrAtTheEnd() {
        assertEquals(12, Numbers.countAt("a 12\tkB", 2));
        assertEquals(12, Numbers.countAt("a 12", 2));
        assertEquals(Numbers.UNKNOWN, Numbers.countAt("a ", 2));
    }

    @Test
    void productThatDoesNotFitIsUnknown() {
        assertEquals(1024, Numbers.times(2, 512));
        assertEquals(Numbers.UNKNOWN, Numbers.times(1L << 55, 512));
        assertEquals(Numbers.UNKNOWN, Numbers.times(Numbers.UNKNOWN, 512));
    }

    @Test
    void signedNumbersMayBeBelowZero() {
        assertEquals(OptionalLong.of(-273150), Numbers.signed("-273150"));
        assertEquals(OptionalLong.of(41500), Numbers.signed("41500"));
        assertEquals(OptionalLong.empty(), Numbers.signed("-"));
        assertEquals(OptionalLong.empty(), Numbers.signed("no number"));
    }

    @Test
    void fractionsAreFinite() {
        assertEquals(0.52, Numbers.decimal("0.52"));
        assertEquals(Numbers.UNKNOWN, Numbers.decimal("Infinity"));
        assertEquals(Numbers.UNKNOWN, Numbers.decimal("Unknown"));
    }
}

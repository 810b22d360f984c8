package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

    @TempDir
    private Path folder;

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
        assertEquals(12, second("a 12\tkB"));
        assertEquals(12, second("a 12"));
        assertEquals(Numbers.UNKNOWN, second("a "));
    }

    private static long second(String line) {
        Words words = Words.of(line);
        words.nextLine();
        words.next();
        return words.nextCount();
    }

    @Test
    void productThatDoesNotFitIsUnknown() {
        assertEquals(1024, Numbers.times(2, 512));
        assertEquals(Numbers.UNKNOWN, Numbers.times(1L << 55, 512));
        assertEquals(Numbers.UNKNOWN, Numbers.times(Numbers.UNKNOWN, 512));
    }

    @Test
    void signedNumbersMayBeBelowZero() throws IOException {
        assertEquals(OptionalLong.of(-273150), signed("-273150"));
        assertEquals(OptionalLong.of(41500), signed("41500"));
        assertEquals(OptionalLong.empty(), signed("-"));
        assertEquals(OptionalLong.empty(), signed("no number"));
    }

    private OptionalLong signed(String text) throws IOException {
        Captured.write(folder, "value", text);
        return Folder.of(folder).signed("value");
    }

    @Test
    void fractionsAreFinite() {
        assertEquals(0.52, Numbers.number("0.52"));
        assertEquals(Double.NaN, Numbers.number("Infinity"));
        assertEquals(Double.NaN, Numbers.number("Unknown"));
    }
}

package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, 0",
        "100, 107, 1, 7",
        "100, 199, 1, 99",
        "0, 104, 1, 100",
        "0, 105, 1, 110",
        "0, 994, 1, 990",
        "0, 996, 1, 1000",
        "0, 123456, 1, 120000",
        "0, 125000, 1, 130000",
        "0, 30000, 30, 1000",
        "0, 1, 2, 1",
        "0, 1, 4, 0"
    })
    void rateHasTwoSignificantDigits(long before, long now, double seconds, long rate) {
        assertEquals(rate, Rates.perSecond(before, now, seconds));
    }

    @Test
    void counterThatWasResetHasNoRate() {
        assertEquals(0, Rates.perSecond(5_000_000_000L, 17, 1));
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 33.3", "2, 3, 66.7", "0, 3, 0", "3, 3, 100", "4, 3, 100", "-1, 3, 0", "1, 0, 0", "1, -5, 0"})
    void percentIsFromZeroToAHundredWithOneDecimal(long part, long whole, double percent) {
        assertEquals(percent, Rates.percent(part, whole));
        assertEquals(percent, Rates.percent((double) part, (double) whole));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "999, 999", "1000, 1000", "1004, 1000", "1005, 1010", "25276502016, 25300000000"})
    void bytesHaveThreeSignificantDigits(long amount, long shown) {
        assertEquals(shown, Rates.bytes(amount));
    }

    @Test
    void bytesAreNeverNegative() {
        assertEquals(0, Rates.bytes(-4096));
    }

    @ParameterizedTest
    @CsvSource({"0.04, 0", "0.05, 0.1", "12.34, 12.3", "-3, 0"})
    void oneDecimalRounds(double value, double shown) {
        assertEquals(shown, Rates.oneDecimal(value));
    }

    @ParameterizedTest
    @CsvSource({"0.004, 0", "0.005, 0.01", "1.234, 1.23", "-3, 0"})
    void twoDecimalsRound(double value, double shown) {
        assertEquals(shown, Rates.twoDecimals(value));
    }
}

package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Structures put together by the layout in adjtimex(2); NodeExporterTest holds the real one against node_exporter. */
class TimexTest {

    private static final int STA_NANO = 0x2000;

    /** modes, offset, freq, maxerror, esterror, status, and so on up to tai. */
    private static byte[] structure(int longBytes, int status) {
        ByteBuffer fields = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());
        long[] values = {0, -2_500, 65_536 * 12L, 41_000, 700, status, 7, 1, 32_768_000, 0, 0, 10_000};
        for (int place = 0; place < values.length; place++) {
            if (longBytes == Long.BYTES && place != 0 && place != 5) {
                fields.putLong(place * longBytes, values[place]);
            } else {
                fields.putInt(place * longBytes, (int) values[place]);
            }
        }
        fields.putInt(20 * longBytes, 37);
        return fields.array();
    }

    @Test
    void eachFieldHasItsPlaceAndItsUnitWhereALongHasEightBytesAndWhereFour() {
        for (int longBytes : new int[] {Long.BYTES, Integer.BYTES}) {
            Timex timex = new Timex(0, structure(longBytes, 1), longBytes);
            assertTrue(timex.isSynchronized());
            assertEquals(0.041, timex.maximumErrorSeconds(), 1e-12);
            assertEquals(0.0007, timex.estimatedErrorSeconds(), 1e-12);
            assertEquals(-0.0025, timex.offsetSeconds(), 1e-12);
            assertEquals(1.000012, timex.frequencyRatio(), 1e-12);
            assertEquals(1, timex.status());
            assertEquals(7, timex.loopTimeConstant());
            assertEquals(0.01, timex.tickSeconds(), 1e-12);
            assertEquals(37, timex.taiOffsetSeconds());
        }
    }

    @Test
    void offsetIsInNanosecondsWhereTheStatusSaysSo() {
        assertEquals(-2.5e-6, new Timex(0, structure(8, STA_NANO), 8).offsetSeconds(), 1e-15);
    }

    @Test
    void aClockThatIsAboutToInsertALeapSecondIsKeptAndOneInErrorIsNot() {
        assertTrue(new Timex(1, structure(8, 1), 8).isSynchronized());
        assertFalse(new Timex(5, structure(8, 64), 8).isSynchronized());
    }
}

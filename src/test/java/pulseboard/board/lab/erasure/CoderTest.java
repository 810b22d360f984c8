package pulseboard.board.lab.erasure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any three of five fragments are enough. */
class CoderTest {

    @Test
    void anyTwoFragmentsMayBeLost() {
        for (int size : new int[] {0, 1, 2, 3, 7, 8, 23, 24, 25, 1_000, 65_537, 8 << 20}) {
            byte[] data = new byte[size];
            new Random(size).nextBytes(data);
            byte[][] parts = Coder.encode(data);
            for (int one = 0; one < Coder.FRAGMENTS; one++) {
                for (int other = one + 1; other < Coder.FRAGMENTS; other++) {
                    Map<Integer, byte[]> left = fragments(parts);
                    left.remove(one);
                    left.remove(other);
                    assertArrayEquals(data, Coder.decode(left, size), size + " bytes without " + one + " and " + other);
                }
            }
        }
    }

    @Test
    void twoFragmentsAreTooFew() {
        Map<Integer, byte[]> left = fragments(Coder.encode(new byte[100]));
        left.keySet().removeIf(part -> part > 1);
        assertThrows(IllegalArgumentException.class, () -> Coder.decode(left, 100));
        left.put(4, new byte[8]);
        assertThrows(IllegalArgumentException.class, () -> Coder.decode(left, 100));
    }

    @Test
    void eightBytesAtOnceAreTheProductOfEach() {
        for (int factor = 0; factor < 256; factor++) {
            assertEquals(Galois.product(2, factor), (int) (Galois.twice(factor) & 0xff));
            assertEquals((long) Galois.product(2, factor) << 56, Galois.twice((long) factor << 56));
        }
    }

    @Test
    void fieldIsAField() {
        for (int factor = 1; factor < 256; factor++) {
            assertEquals(1, Galois.product(factor, Galois.inverse(factor)));
        }
        assertEquals(0x1d, Galois.product(0x80, 2));
    }

    private static Map<Integer, byte[]> fragments(byte[][] parts) {
        Map<Integer, byte[]> all = new HashMap<>();
        for (int part = 0; part < parts.length; part++) {
            all.put(part, parts[part]);
        }
        return all;
    }
}

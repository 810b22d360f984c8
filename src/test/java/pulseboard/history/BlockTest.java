package pulseboard.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.Supplier;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class BlockTest {

    private static final Inflater INFLATER = new Inflater(true);

    private static final int ROWS = 360;
    private static final float STILL = (float) 24.7e9;

    private final Random random = new Random(4);

    @Test
    void minimumAndMaximumOfSamplesComeBackExactly() {
        assertExact(() -> (float) (random.nextInt(1000) / 10.0), 0.001);
        assertExact(() -> (float) (random.nextInt(10_000) / 100.0), 0.0001);
        assertExact(() -> random.nextInt(1000) * 1e9f, 1e7);
        assertExact(() -> (float) random.nextInt(2_000_000), 0.1);
        assertExact(() -> random.nextInt(100) - 50f, 0.01);
        assertExact(() -> 0f, 0);
    }

    private void assertExact(Supplier<Float> samples, double meanWithin) {
        Block block = new Block(ROWS);
        for (int row = 0; row < ROWS; row++) {
            float one = samples.get();
            float other = samples.get();
            if (random.nextInt(5) > 0) {
                float average = (float) ((2.0 * one + other) / 3);
                block.set(row, new Summary(Math.min(one, other), average, Math.max(one, other)));
            }
        }
        Block again = Block.decode(block.encode(), ROWS, INFLATER);
        for (int row = 0; row < ROWS; row++) {
            assertEquals(block.get(row).isNone(), again.get(row).isNone());
            assertEquals(block.get(row).min(), again.get(row).min());
            assertEquals(block.get(row).max(), again.get(row).max());
            if (!block.get(row).isNone()) {
                float average = block.get(row).average();
                assertEquals(average, again.get(row).average(), Math.max(meanWithin, Math.abs(average) * 1e-6));
            }
        }
    }

    @Test
    void anyOtherNumberComesBackExactly() {
        Block block = new Block(ROWS);
        for (int row = 1; row < ROWS; row++) {
            block.set(row, new Summary(any(), any(), any()));
        }
        Block again = Block.decode(block.encode(), ROWS, INFLATER);
        for (int row = 0; row < ROWS; row++) {
            assertEquals(block.get(row), again.get(row));
        }
    }

    @Test
    void negativeZeroIsZeroAndNotNothing() {
        Block block = new Block(1);
        block.set(0, new Summary(-0f, 1e-30f, (float) Math.PI));
        assertEquals(
                new Summary(0f, 1e-30f, (float) Math.PI),
                Block.decode(block.encode(), 1, INFLATER).get(0));
    }

    /** Also huge, tiny and negative ones. */
    private float any() {
        float value = Float.intBitsToFloat(random.nextInt());
        return Float.isFinite(value) ? value : 1;
    }

    @Test
    void whatStandsStillTakesNoRoom() {
        Block block = new Block(ROWS);
        for (int row = 0; row < ROWS; row++) {
            block.set(row, new Summary(STILL, STILL, STILL));
        }
        assertTrue(block.encode().length < 60, "bytes: " + block.encode().length);
    }
}

package pulseboard.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.Supplier;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class ChunkCodecTest {

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
        Chunk chunk = new Chunk(ROWS);
        for (int row = 0; row < ROWS; row++) {
            float one = samples.get();
            float other = samples.get();
            if (random.nextInt(5) > 0) {
                float average = (float) ((2.0 * one + other) / 3);
                chunk.set(row, new Summary(Math.min(one, other), average, Math.max(one, other)));
            }
        }
        Chunk again = ChunkCodec.decode(ChunkCodec.encode(chunk), ROWS, INFLATER);
        for (int row = 0; row < ROWS; row++) {
            assertEquals(chunk.get(row).isNone(), again.get(row).isNone());
            assertEquals(chunk.get(row).min(), again.get(row).min());
            assertEquals(chunk.get(row).max(), again.get(row).max());
            if (!chunk.get(row).isNone()) {
                float average = chunk.get(row).average();
                assertEquals(average, again.get(row).average(), Math.max(meanWithin, Math.abs(average) * 1e-6));
            }
        }
    }

    @Test
    void anyOtherNumberComesBackExactly() {
        Chunk chunk = new Chunk(ROWS);
        for (int row = 1; row < ROWS; row++) {
            chunk.set(row, new Summary(any(), any(), any()));
        }
        Chunk again = ChunkCodec.decode(ChunkCodec.encode(chunk), ROWS, INFLATER);
        for (int row = 0; row < ROWS; row++) {
            assertEquals(chunk.get(row), again.get(row));
        }
    }

    @Test
    void negativeZeroIsZeroAndNotNothing() {
        Chunk chunk = new Chunk(1);
        chunk.set(0, new Summary(-0f, 1e-30f, (float) Math.PI));
        assertEquals(
                new Summary(0f, 1e-30f, (float) Math.PI),
                ChunkCodec.decode(ChunkCodec.encode(chunk), 1, INFLATER).get(0));
    }

    /** Also huge, tiny and negative ones. */
    private float any() {
        float value = Float.intBitsToFloat(random.nextInt());
        return Float.isFinite(value) ? value : 1;
    }

    @Test
    void whatStandsStillTakesNoRoom() {
        Chunk chunk = new Chunk(ROWS);
        for (int row = 0; row < ROWS; row++) {
            chunk.set(row, new Summary(STILL, STILL, STILL));
        }
        assertTrue(ChunkCodec.encode(chunk).length < 60, "bytes: " + ChunkCodec.encode(chunk).length);
    }
}

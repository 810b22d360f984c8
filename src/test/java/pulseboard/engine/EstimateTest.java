package pulseboard.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Estimates of series whose end is known. */
class EstimateTest {

    private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

    private final Estimate estimate = new Estimate();

    @Test
    void modelThatMadeThePiecesIsFound() {
        Random random = new Random(1);
        for (int piece = 0; piece < 1_000; piece++) {
            double size = random.nextInt(1_000_000);
            estimate.finished(size, 0.02 + size / 1e7);
        }
        assertArrayEquals(new double[] {0.02, 1e-7}, estimate.model(), 1e-9);
        // 100 small files and a large one are not 101 files of the same size.
        assertEquals(
                (101 * 0.02 + 1e9 / 1e7) / 4,
                estimate.remainingSeconds(new Estimate.Left(101, 1e9), 4, UNKNOWN)
                        .orElseThrow(),
                1e-4);
    }

    @Test
    void oldPiecesCountLess() {
        for (int piece = 0; piece < 500; piece++) {
            estimate.finished(0, 1);
        }
        for (int piece = 0; piece < 500; piece++) {
            estimate.finished(0, 2);
        }
        // The older half has half the weight of the newer.
        assertEquals(5 / 3., estimate.model()[0], 0.001);
    }

    @Test
    void neitherPartOfTheModelIsBelowNothing() {
        for (int piece = 1; piece <= 30; piece++) {
            estimate.finished(piece, 10 - piece * 0.1);
        }
        assertEquals(0, estimate.model()[1]);
        Estimate steep = new Estimate();
        for (int piece = 1; piece <= 30; piece++) {
            steep.finished(piece, Math.max(0, piece - 10));
        }
        assertEquals(0, steep.model()[0]);
        assertTrue(steep.model()[1] > 0);
    }

    @Test
    void fewPiecesAreEstimatedByTheRate() {
        for (int piece = 0; piece < 19; piece++) {
            estimate.finished(1, 100);
        }
        Estimate.Left left = new Estimate.Left(5, 500);
        assertEquals(
                50, estimate.remainingSeconds(left, 2, OptionalDouble.of(10)).orElseThrow());
        assertTrue(estimate.remainingSeconds(left, 2, OptionalDouble.of(0)).isEmpty());
        assertTrue(estimate.remainingSeconds(left, 2, UNKNOWN).isEmpty());
        estimate.finished(1, 100);
        Estimate.Left alike = new Estimate.Left(5, 5);
        assertEquals(
                250, estimate.remainingSeconds(alike, 2, OptionalDouble.of(10)).orElseThrow(), 1e-9);
    }

    @Test
    void piecesUnlikeAllOthersAreEstimatedByTheRate() {
        for (int piece = 0; piece < 100; piece++) {
            estimate.finished(5_000, 0.1);
        }
        OptionalDouble rate = OptionalDouble.of(100_000);
        Estimate.Left large = new Estimate.Left(1, 20_000_000);
        assertEquals(200, estimate.remainingSeconds(large, 2, rate).orElseThrow());
        Estimate.Left alike = new Estimate.Left(10, 100_000);
        assertEquals(0.5, estimate.remainingSeconds(alike, 2, rate).orElseThrow(), 1e-9);
    }

    @Test
    void nothingLeftTakesNoTime() {
        assertEquals(
                0,
                estimate.remainingSeconds(new Estimate.Left(0, 0), 1, UNKNOWN).orElseThrow());
    }

    @Test
    void twoDigitsAreToldAndNoMore() {
        assertEquals(0, Estimate.twoDigits(0.2));
        assertEquals(9, Estimate.twoDigits(9.4));
        assertEquals(47, Estimate.twoDigits(47.3));
        assertEquals(130, Estimate.twoDigits(126));
        assertEquals(8_600, Estimate.twoDigits(8_640));
        assertEquals(100, Estimate.twoDigits(99.6));
    }
}

package pulseboard.board.s3.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The number of requests at once finds its way. */
class WorkerTunerTest {

    private static WorkerTuner after(int looks, int start, IntToDoubleFunction rate) {
        WorkerTuner tuner = new WorkerTuner(start, 64, "");
        for (int look = 0; look < looks; look++) {
            tuner.look(rate.applyAsDouble(tuner.target()), tuner.target(), 0);
        }
        return tuner;
    }

    @Test
    void climbsWhileMoreAreFaster() {
        int target = after(40, 4, workers -> workers * 1e6).target();
        assertTrue(target > 48, () -> "it is " + target);
    }

    @Test
    void staysWhereMoreAreOfNoUse() {
        int target = after(60, 8, workers -> Math.min(workers, 20) * 1e6).target();
        assertTrue(target >= 16 && target <= 27, () -> "it is " + target);
    }

    @Test
    void goesDownWhereFewerAreFaster() {
        int target = after(60, 32, workers -> 1e7 / workers).target();
        assertTrue(target <= 4, () -> "it is " + target);
    }

    @Test
    void halvesWhenTheServerAsksForFewer() {
        WorkerTuner tuner = new WorkerTuner(32, 64, "");
        tuner.look(1e6, 32, 1);
        assertEquals(16, tuner.target());
        assertTrue(tuner.why().contains("fewer requests"));
        tuner.look(1e6, 16, 3);
        assertEquals(8, tuner.target());
        for (int look = 0; look < 20; look++) {
            tuner.look(0, 8, 1);
        }
        assertEquals(1, tuner.target());
    }

    @Test
    void learnsNothingWhileThereIsNotEnoughToDo() {
        WorkerTuner tuner = new WorkerTuner(16, 64, "start");
        for (int look = 0; look < 20; look++) {
            tuner.look(1e6 * look, 3, 0);
        }
        assertEquals(16, tuner.target());
    }
}

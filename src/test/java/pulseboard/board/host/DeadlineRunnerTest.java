package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pulseboard.machine.DaemonThreads;
import pulseboard.machine.DeadlineRunner;
import pulseboard.machine.TimedTask;

class DeadlineRunnerTest {

    private static final long DEADLINE = 500;

    private final ExecutorService threads = DaemonThreads.create();
    private final DeadlineRunner runner = new DeadlineRunner(threads, DEADLINE);
    private final CountDownLatch open = new CountDownLatch(1);
    private final TrialSampler first = new TrialSampler("first");
    private final TrialSampler second = new TrialSampler("second");
    private final TrialSampler third = new TrialSampler("third");
    private final List<SamplerTask> tasks =
            List.of(new SamplerTask(first), new SamplerTask(second), new SamplerTask(third));

    @AfterEach
    void endThreads() {
        open.countDown();
        threads.shutdownNow();
    }

    @Test
    void allTasksRunOnce() throws InterruptedException {
        runner.run(tasks);
        for (SamplerTask task : tasks) {
            assertEquals(Optional.of(new JsonObject().put("call", 1)), task.result());
            assertTrue(task.meta().getBoolean("ok"));
        }
    }

    @Test
    void nothingDueIsNoWork() throws InterruptedException {
        runner.run(List.of());
        assertEquals(0, first.calls());
    }

    @Test
    void throwingTaskLeavesTheOthersAndSaysWhy() throws InterruptedException {
        first.failing(true);
        second.defective(true);
        runner.run(tasks);
        assertEquals(
                new JsonObject().put("ok", false).put("reason", "this machine has none"),
                tasks.get(0).meta());
        assertTrue(tasks.get(1).meta().getString("reason").contains("a defect"));
        assertEquals(Optional.empty(), tasks.get(1).result());
        assertTrue(tasks.get(2).meta().getBoolean("ok"));
    }

    @Test
    void restOfTheTickGoesOnWhenOneHangs() throws InterruptedException {
        runner.run(tasks);
        second.hangingUntil(open);
        runner.run(tasks);
        assertEquals(2, third.calls(), "what comes after the hanging one ran in the same tick");
        assertTrue(tasks.get(2).meta().getBoolean("ok"));
        assertTrue(tasks.get(0).meta().getBoolean("ok"));
        assertEquals(
                new JsonObject()
                        .put("ok", false)
                        .put("failed", true)
                        .put("reason", "no answer within " + DEADLINE + " ms"),
                tasks.get(1).meta());
        assertEquals(Optional.empty(), tasks.get(1).result(), "what it showed before is no longer true");
    }

    @Test
    void hangingTaskIsNotDueUntilItReturnsAndIsFineAgainAfterwards() throws InterruptedException {
        second.hangingUntil(open);
        CountDownLatch back = new CountDownLatch(1);
        TimedTask noting = new TimedTask() {
            @Override
            public void run() {
                tasks.get(1).run();
                back.countDown();
            }

            @Override
            public void late(long deadlineMilliseconds) {
                tasks.get(1).late(deadlineMilliseconds);
            }
        };
        runner.run(List.of(tasks.get(0), noting, tasks.get(2)));
        for (int tick = 0; tick < 3; tick++) {
            runner.run(tasks.stream().filter(task -> task.isDue(inAnHour())).toList());
        }
        assertEquals(1, second.calls(), "a hanging sampler was called again");
        assertEquals(4, first.calls());
        assertFalse(tasks.get(1).isDue(inAnHour()));
        open.countDown();
        assertTrue(back.await(3, TimeUnit.MINUTES), "the hanging sampler did not come back");
        assertTrue(tasks.get(1).isDue(inAnHour()));
        assertTrue(tasks.get(1).meta().getBoolean("ok"));
        runner.run(tasks);
        assertEquals(Optional.of(new JsonObject().put("call", 2)), tasks.get(1).result());
        assertEquals(5, first.calls(), "the thread that came back does not do the rest of its tick again");
    }

    @Test
    void twoThatHangAreBothLeftBehind() throws InterruptedException {
        first.hangingUntil(open);
        second.hangingUntil(open);
        runner.run(tasks);
        assertFalse(tasks.get(0).meta().getBoolean("ok"));
        assertFalse(tasks.get(1).meta().getBoolean("ok"));
        assertTrue(tasks.get(2).meta().getBoolean("ok"));
    }

    @Test
    void oneThreadIsEnoughWhenNoneHangs() throws InterruptedException {
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        Sampler noting = new Sampler() {
            @Override
            public String name() {
                return "noting";
            }

            @Override
            public JsonObject sample() {
                used.add(Thread.currentThread());
                return new JsonObject();
            }
        };
        runner.run(List.of(new SamplerTask(noting), new SamplerTask(noting), new SamplerTask(noting)));
        assertEquals(1, used.size());
        assertTrue(used.iterator().next().isDaemon());
    }

    private static long inAnHour() {
        return System.nanoTime() + TimeUnit.HOURS.toNanos(1);
    }
}

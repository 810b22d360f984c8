package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import pulseboard.machine.Made;
import pulseboard.machine.SensorsReading;

class SamplerTaskTest {

    private final TrialSampler sampler = new TrialSampler("trial");
    private final SamplerTask task = new SamplerTask(sampler);

    @Test
    void taskIsDueAtOnce() {
        assertTrue(task.isDue(System.nanoTime()));
    }

    @Test
    void slowSamplerIsDueOnlyAfterItsInterval() {
        SamplerTask slow = new SamplerTask(new Sampler() {
            @Override
            public String name() {
                return "slow";
            }

            @Override
            public int intervalSeconds() {
                return 3600;
            }

            @Override
            public JsonObject sample() {
                return new JsonObject();
            }
        });
        slow.run();
        assertFalse(slow.isDue(System.nanoTime()));
        assertFalse(slow.isDue(System.nanoTime() + TimeUnit.SECONDS.toNanos(1800)));
        assertTrue(slow.isDue(System.nanoTime() + TimeUnit.SECONDS.toNanos(3600)));
    }

    @Test
    void samplerWithoutAnIntervalIsDueAtEachTickHoweverShort() {
        task.run();
        assertTrue(task.isDue(System.nanoTime()));
    }

    @Test
    void workingTaskTellsHowLongItTakes() {
        task.run();
        JsonObject meta = task.meta();
        assertEquals(Set.of("ok", "ms"), meta.fieldNames());
        assertTrue(meta.getBoolean("ok"));
        assertTrue(meta.getLong("ms") >= 1);
    }

    @Test
    void taskThatLacksAPartWorksAndTellsWhy() {
        Made<Map<String, Double>> memory = new Made<>(Map.of("some", 1.0));
        SamplerTask pressure =
                new SamplerTask(new PressureSampler(Map.of("memory", memory, "cpu", () -> Map.of("some", 1.0))));
        memory.fail("no memory here");
        pressure.run();
        assertEquals(true, pressure.meta().getBoolean("ok"));
        assertEquals("no memory here", pressure.meta().getString("reason"));
        memory.set(Map.of("some", 1.0));
        pressure.run();
        assertEquals(Set.of("ok", "ms"), pressure.meta().fieldNames());
    }

    @Test
    void failingTaskTellsWhyAndShowsNothing() {
        task.run();
        sampler.failing(true);
        task.run();
        assertEquals(
                new JsonObject().put("ok", false).put("failed", true).put("reason", "this machine has none"),
                task.meta());
        assertEquals(Optional.empty(), task.result());
    }

    @Test
    void taskThatWorksAgainShowsAgain() {
        sampler.defective(true);
        task.run();
        assertEquals(
                "unexpected: java.lang.IllegalStateException: a defect",
                task.meta().getString("reason"));
        sampler.defective(false);
        task.run();
        assertEquals(Optional.of(new JsonObject().put("call", 2)), task.result());
        assertFalse(task.meta().containsKey("reason"));
    }

    @Test
    void missingLibraryIsAReasonAndNoCrash() {
        SamplerTask broken = new SamplerTask(new Sampler() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public JsonObject sample() {
                throw new NoClassDefFoundError("com/sun/jna/Native");
            }
        });
        broken.run();
        assertTrue(broken.meta().getString("reason").contains("com/sun/jna/Native"));
    }

    @Test
    void emptySampleIsNoKeyInTheState() {
        SamplerTask none = new SamplerTask(
                new SensorsSampler(() -> new SensorsReading(Map.of(), Map.of(), Map.of()), Pattern.compile("")));
        none.run();
        assertEquals(Optional.empty(), none.result());
        assertTrue(none.meta().getBoolean("ok"));
    }

    @Test
    void lateIsNotSaidOfATaskThatCameBack() {
        task.run();
        task.late(100);
        assertTrue(task.meta().getBoolean("ok"));
        assertEquals(Optional.of(new JsonObject().put("call", 1)), task.result());
    }
}

package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import pulseboard.machine.FakeClock;
import pulseboard.machine.Made;
import pulseboard.machine.ProcessReading;

class ProcessTableTest {

    private static final long MIB = 1_000_000;

    private final FakeClock clock = new FakeClock();
    private final Made<Collection<ProcessReading>> reader = new Made<>(List.of());
    private final List<Long> asked = new ArrayList<>();

    @Test
    void shownAreTheTopByCpuAndTheTopByMemory() throws IOException {
        ProcessTable table = new ProcessTable(reader, 2, clock);
        reader.set(List.of(at(1, 0, 10), at(2, 0, 20), at(3, 0, 30), at(4, 0, 40), at(5, 0, 5)));
        table.sample();
        clock.passSeconds(1);
        reader.set(List.of(at(1, 900, 10), at(2, 0, 20), at(3, 10, 30), at(4, 500, 40), at(5, 100, 5)));
        JsonObject rows = table.sample();
        // 1 and 4 use most CPU, 4 and 3 most memory.
        assertEquals(Set.of("1", "3", "4"), rows.fieldNames());
        assertEquals(90.0, rows.getJsonObject("1").getDouble("cpuPercent"));
        assertEquals(1.0, rows.getJsonObject("3").getDouble("cpuPercent"));
    }

    @Test
    void rowHoldsEverythingThatIsShown() throws IOException {
        ProcessTable table = new ProcessTable(reader, 5, clock);
        reader.set(List.of(new ProcessReading(7, 1, "a) R (b", "sleeping", 10, 123_456_789, 12, () -> "alice")));
        assertEquals(
                new JsonObject()
                        .put("name", "a) R (b")
                        .put("user", "alice")
                        .put("cpuPercent", 0.0)
                        .put("residentBytes", 123_000_000L)
                        .put("state", "sleeping")
                        .put("threadCount", 12),
                table.sample().getJsonObject("7"));
    }

    @Test
    void processThatKeepsTwoCoresBusyHasTwoHundredPercent() throws IOException {
        ProcessTable table = new ProcessTable(reader, 5, clock);
        reader.set(List.of(at(1, 1_000, 10)));
        table.sample();
        clock.passSeconds(30);
        reader.set(List.of(at(1, 61_000, 10)));
        assertEquals(200.0, table.sample().getJsonObject("1").getDouble("cpuPercent"));
    }

    @Test
    void numberThatWasUsedAgainIsAnotherProcess() throws IOException {
        ProcessTable table = new ProcessTable(reader, 5, clock);
        reader.set(List.of(new ProcessReading(7, 100, "old", "running", 500, 1, 1, () -> "a")));
        table.sample();
        clock.passSeconds(1);
        reader.set(List.of(new ProcessReading(7, 200, "new", "running", 90_000, 1, 1, () -> "a")));
        assertEquals(0.0, table.sample().getJsonObject("7").getDouble("cpuPercent"));
    }

    @Test
    void processThatIsNewHasNoShareYetAndOneThatEndedIsGone() throws IOException {
        ProcessTable table = new ProcessTable(reader, 5, clock);
        reader.set(List.of(at(1, 0, 10)));
        table.sample();
        clock.passSeconds(1);
        reader.set(List.of(at(2, 800, 10)));
        JsonObject rows = table.sample();
        assertEquals(Set.of("2"), rows.fieldNames());
        assertEquals(0.0, rows.getJsonObject("2").getDouble("cpuPercent"));
    }

    @Test
    void afterAResetNoMeanOverTheUnwatchedTimeIsShown() throws IOException {
        ProcessTable table = new ProcessTable(reader, 5, clock);
        reader.set(List.of(at(1, 0, 10)));
        table.sample();
        table.reset();
        clock.passSeconds(600);
        reader.set(List.of(at(1, 300_000, 10)));
        assertEquals(0.0, table.sample().getJsonObject("1").getDouble("cpuPercent"));
        clock.passSeconds(1);
        reader.set(List.of(at(1, 300_250, 10)));
        assertEquals(25.0, table.sample().getJsonObject("1").getDouble("cpuPercent"));
    }

    @Test
    void amongIdleProcessesTheOnesOfMostMemoryAreShown() throws IOException {
        ProcessTable table = new ProcessTable(reader, 2, clock);
        reader.set(List.of(at(1, 0, 10), at(2, 0, 20), at(3, 0, 30), at(4, 0, 40)));
        assertEquals(Set.of("3", "4"), table.sample().fieldNames());
    }

    @Test
    void ownerIsAskedOnlyForWhatIsShown() throws IOException {
        ProcessTable table = new ProcessTable(reader, 1, clock);
        reader.set(List.of(at(1, 0, 10), at(2, 0, 20), at(3, 0, 30)));
        JsonObject rows = table.sample();
        assertEquals(rows.size(), asked.size());
    }

    private ProcessReading at(long pid, long cpuMilliseconds, long megabytes) {
        return new ProcessReading(pid, 1, "p" + pid, "running", cpuMilliseconds, megabytes * MIB, 1, () -> {
            asked.add(pid);
            return "root";
        });
    }
}

package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import pulseboard.machine.FakeClock;
import pulseboard.machine.Made;
import pulseboard.machine.ProcessDetails;
import pulseboard.machine.ProcessDisk;
import pulseboard.machine.ProcessOrigin;
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

    @Test
    void rowTellsWhatItRunsWhatItBelongsToAndWhatItMovesFromAndToDisks() throws IOException {
        ProcessTable table = new ProcessTable(reader, 5, clock);
        Details details = new Details();
        ProcessReading java = new ProcessReading(7, 1, "java", "running", 0, 1, 1, 1, details);
        reader.set(List.of(java));
        table.sample();
        clock.passSeconds(2);
        details.disk = new ProcessDisk(1_000_000, 4_000_000);
        JsonObject row = table.sample().getJsonObject("7");
        assertEquals("jenkins.war", row.getString("program"));
        assertEquals("jenkins.service", row.getString("unit"));
        assertEquals("3fa91c7d2e10", row.getString("container"));
        assertEquals(1, row.getLong("parent"));
        assertEquals(500_000, row.getLong("diskReadBytesPerSecond"));
        assertEquals(2_000_000, row.getLong("diskWrittenBytesPerSecond"));
        assertEquals(1, details.origins, "it is read once");
    }

    @Test
    void busiestOfAMinuteAreToldApartAsWell() throws IOException {
        BusiestProcesses busiest = new BusiestProcesses(reader, clock);
        reader.set(List.of(new ProcessReading(7, 1, "java", "running", 0, 1, 1, 1, new Details())));
        JsonObject row = busiest.sample().getJsonArray("memory").getJsonObject(0);
        assertEquals("jenkins.war", row.getString("program"));
        assertEquals("3fa91c7d2e10", row.getString("of"));
    }

    @Test
    void programThatIsCalledLikeItsProcessIsNotToldTwice() throws IOException {
        ProcessTable table = new ProcessTable(reader, 5, clock);
        reader.set(List.of(new ProcessReading(7, 1, "jenkins.war", "running", 0, 1, 1, 1, new Details())));
        assertFalse(table.sample().getJsonObject("7").containsKey("program"));
    }

    @Test
    void diskUseThatMustNotBeSeenSaysWhyAndIsAskedForOnce() throws IOException {
        ProcessTable table = new ProcessTable(reader, 5, clock);
        Details details = new Details();
        details.isRefused = true;
        reader.set(List.of(new ProcessReading(7, 1, "java", "running", 0, 1, 1, 1, details)));
        table.sample();
        clock.passSeconds(1);
        JsonObject row = table.sample().getJsonObject("7");
        assertEquals("only root may", row.getString("diskUnavailable"));
        assertFalse(row.containsKey("diskReadBytesPerSecond"));
        assertEquals(1, details.asked);
        details.isRefused = false;
        reader.set(List.of(new ProcessReading(7, 2, "java", "running", 0, 1, 1, 1, details)));
        assertFalse(table.sample().getJsonObject("7").containsKey("diskUnavailable"), "another process of that number");
    }

    @Test
    void whoUsesTheDiskMostIsShownThoughItUsesNothingElse() throws IOException {
        ProcessTable table = new ProcessTable(reader, 1, clock);
        Details copies = new Details();
        reader.set(
                List.of(at(1, 0, 50), at(2, 0, 40), new ProcessReading(3, 1, "cp", "disk sleep", 0, 1, 1, 0, copies)));
        table.sample();
        clock.passSeconds(1);
        copies.disk = new ProcessDisk(90_000_000, 0);
        assertEquals(Set.of("1", "3"), table.sample().fieldNames());
    }

    @Test
    void whatABusyProcessBelongsToIsThereAsFarAsThereIsRoom() throws IOException {
        ProcessTable table = new ProcessTable(reader, 2, clock);
        List<ProcessReading> chain = new ArrayList<>();
        for (int pid = 1; pid <= 9; pid++) {
            chain.add(new ProcessReading(pid, 1, "p", "sleeping", 0, pid * MIB, 1, pid - 1, new Details()));
        }
        reader.set(chain);
        assertEquals(Set.of("9", "8", "7", "6"), table.sample().fieldNames());
    }

    private static final class Details implements ProcessDetails {

        private ProcessDisk disk = new ProcessDisk(0, 0);
        private boolean isRefused;
        private int asked;
        private int origins;

        @Override
        public String user() {
            return "alice";
        }

        @Override
        public ProcessOrigin origin() {
            origins++;
            return new ProcessOrigin("jenkins.war", "jenkins.service", "3fa91c7d2e10");
        }

        @Override
        public Optional<ProcessDisk> disk() throws IOException {
            asked++;
            if (isRefused) {
                throw new IOException("only root may");
            }
            return Optional.of(disk);
        }
    }

    private ProcessReading at(long pid, long cpuMilliseconds, long megabytes) {
        return new ProcessReading(pid, 1, "p" + pid, "running", cpuMilliseconds, megabytes * MIB, 1, () -> {
            asked.add(pid);
            return "root";
        });
    }
}

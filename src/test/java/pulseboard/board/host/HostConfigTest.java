package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostConfigTest {

    @ParameterizedTest
    @CsvSource({
        "249 10 1000 15, host.intervalMilliseconds must be from 250 to 60000",
        "60001 10 1000 15, host.intervalMilliseconds",
        "1000 0 1000 15, host.filesystemsIntervalSeconds must be from 1 to 3600",
        "1000 3601 1000 15, host.filesystemsIntervalSeconds",
        "1000 10 99 15, host.deadlineMilliseconds must be from 100 to 10000",
        "1000 10 10001 15, host.deadlineMilliseconds",
        "1000 10 1000 0, host.topProcesses must be from 1 to 100",
        "1000 10 1000 101, host.topProcesses"
    })
    void valueOutOfRangeIsRefusedByName(String numbers, String complaint) {
        int[] n = Arrays.stream(numbers.split(" ", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        IllegalArgumentException mistake = assertThrows(
                IllegalArgumentException.class,
                () -> new HostConfig(HostConfig.AUTO, n[0], n[1], n[2], n[3], "lo", "loop", "/boot", ""));
        String message = String.valueOf(mistake.getMessage());
        assertTrue(message.startsWith(complaint), message);
    }

    @ParameterizedTest
    @CsvSource({"250, 1, 100, 1", "60000, 3600, 10000, 100"})
    void endsOfEachRangeAreAllowed(int interval, int filesystems, int deadline, int top) {
        assertEquals(
                interval,
                new HostConfig(HostConfig.AUTO, interval, filesystems, deadline, top, "", "", "", "")
                        .intervalMilliseconds());
    }

    @Test
    void unknownSourceIsRefusedByName() {
        IllegalArgumentException mistake = assertThrows(
                IllegalArgumentException.class,
                () -> new HostConfig("procfs", 1000, 10, 1000, 15, "lo", "sd", "/boot", ""));
        assertEquals("host.source must be auto, oshi or kernel, not procfs", mistake.getMessage());
    }

    @Test
    void brokenExpressionIsRefusedByName() {
        IllegalArgumentException mistake = assertThrows(
                IllegalArgumentException.class,
                () -> new HostConfig(HostConfig.AUTO, 1000, 10, 1000, 15, "lo", "sd(a", "/boot", ""));
        String message = String.valueOf(mistake.getMessage());
        assertTrue(message.startsWith("host.ignoreDisks must be a regular expression"), message);
    }
}

package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PressureTest {

    @Test
    void sharesOfTheLastTenSecondsAreRead() throws IOException {
        assertEquals(Map.of("some", 1.53, "full", 0.0), new Pressure(Captured.proc("metal"), "cpu").read());
        assertEquals(Map.of("some", 100.0, "full", 98.21), new Pressure(Captured.proc("metal"), "io").read());
    }

    @Test
    void kernelThatKnowsOnlySomeIsFine() {
        assertEquals(
                Map.of("some", 0.5),
                Pressure.shares(Pressure.parse(Words.of("some avg10=0.50 avg60=0.00 avg300=0.00 total=1\n"))));
    }

    @Test
    void kernelWithoutPressureInformationIsAReasonForPeople(@TempDir Path empty) {
        IOException failure = assertThrows(IOException.class, () -> new Pressure(empty, "cpu").read());
        assertTrue(String.valueOf(failure.getMessage()).contains("psi=1"));
    }
}

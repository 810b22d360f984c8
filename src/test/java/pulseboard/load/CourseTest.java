package pulseboard.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import pulseboard.load.ShippedServer.Figures;

/** The verdict of a soak tells growth from noise. */
class CourseTest {

    private static final int LINES = 60;
    private static final int MIB = 1 << 20;
    private static final Figures ALONE = figures(10, 30);

    private static Figures figures(int heapMib, int descriptors) {
        return new Figures((long) heapMib * MIB, 0, 100L * MIB, descriptors, 24);
    }

    private static List<String> faults(IntFunction<Figures> line, Figures after) {
        Course course = new Course();
        for (int number = 0; number < LINES; number++) {
            course.add(line.apply(number));
        }
        return course.faults(ALONE, after);
    }

    @Test
    void figuresThatOnlyTrembleAreNoFault() {
        assertEquals(List.of(), faults(number -> figures(20 + number * 7 % 3, 500 + number % 5), ALONE));
    }

    @Test
    void riseInTheBeginningIsNoFault() {
        assertEquals(List.of(), faults(number -> figures(Math.min(10 + number, 22), 500), ALONE));
    }

    @Test
    void heapThatGrowsIsAFault() {
        assertEquals(
                List.of("heap grew from " + 26L * MIB + " to " + 36L * MIB),
                faults(number -> figures(20 + number * 10 / LINES * 2, 500), ALONE));
    }

    @Test
    void openFilesThatGrowAreAFault() {
        assertEquals(List.of("open files grew"), faults(number -> figures(20, 500 + number), ALONE));
    }

    @Test
    void filesThatAreStillOpenWhenAllHaveLeftAreAFault() {
        assertEquals(
                List.of("11 files are still open after all left"), faults(number -> figures(20, 500), figures(10, 41)));
    }
}

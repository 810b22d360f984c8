package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long it will still take, by the looks of a session whose every second is known: a line of one speed, and some time for each file. */
class UploadEtaTest {

    private static final int SLOTS = 4;
    private static final double STEP_SECONDS = 0.05;
    private static final long SECOND = 1_000_000_000;
    private static final int SMALL = 5_000;
    private static final int LARGE = 4;
    private static final long SMALL_BYTES = 20_000;
    private static final long LARGE_BYTES = 200_000_000;

    private static final class Sent {
        final String path;
        final long size;
        double waits;
        double bytes;

        Sent(String path, long size, double waits) {
            this.path = path;
            this.size = size;
            this.waits = waits;
        }

        boolean isOver() {
            return bytes >= size;
        }
    }

    private static List<Long> sizes(String order) {
        List<Long> sizes = new ArrayList<>();
        for (int number = 0; number < SMALL; number++) {
            sizes.add(SMALL_BYTES);
        }
        int every = SMALL / LARGE;
        for (int number = 0; number < LARGE; number++) {
            sizes.add(
                    switch (order) {
                        case "first" -> 0;
                        case "last" -> sizes.size();
                        default -> number * every + every / 2;
                    },
                    LARGE_BYTES);
        }
        return sizes;
    }

    /** What was shown as left, by the second; the last one is when it was over. */
    private static List<Long> shown(List<Long> sizes, double perFile, double bytesPerSecond) {
        Progress progress = new Progress(
                sizes.size(), sizes.stream().mapToLong(Long::longValue).sum());
        List<Long> shown = new ArrayList<>();
        List<Sent> active = new ArrayList<>();
        List<Sent> over = new ArrayList<>();
        int next = 0;
        for (int step = 0; next < sizes.size() || !active.isEmpty(); step++) {
            long sending = active.stream().filter(each -> each.waits <= 0).count();
            for (Sent each : active) {
                each.bytes += each.waits > 0 ? 0 : bytesPerSecond / sending * STEP_SECONDS;
                each.waits -= STEP_SECONDS;
            }
            active.stream().filter(Sent::isOver).forEach(over::add);
            active.removeIf(Sent::isOver);
            while (active.size() < SLOTS && next < sizes.size()) {
                active.add(new Sent("f" + next, sizes.get(next++), perFile));
            }
            if (step % Math.round(1 / STEP_SECONDS) == 0) {
                int second = (int) (step * STEP_SECONDS);
                look(progress, active, over, second * SECOND);
                over.clear();
                JsonObject json = new JsonObject();
                progress.addTo(json, false, false);
                shown.add(json.getJsonObject("estimate", new JsonObject()).getLong("remainingSeconds", -1L));
            }
        }
        return shown;
    }

    private static void look(Progress progress, List<Sent> active, List<Sent> over, long nanos) {
        for (Sent each : over) {
            progress.finished(each.path, each.size, "uploaded", 0);
            progress.timed(each.path, each.size);
        }
        JsonArray transferring = new JsonArray();
        active.forEach(each -> transferring.add(
                new JsonObject().put("name", each.path).put("size", each.size).put("bytes", (long) each.bytes)));
        progress.looked(transferring, nanos, false);
    }

    @ParameterizedTest
    @CsvSource({
        "first, 0.3, 20000000, 0.15",
        "first, 0.05, 10000000, 0.15",
        "between, 0.3, 20000000, 0.15",
        "between, 0.05, 10000000, 0.2" // The large ones have the line almost alone: four at once are no faster than
        // one.
    })
    void timeThatIsLeftIsKnownAtHalfTime(String large, double perFile, double bytesPerSecond, double most) {
        List<Long> shown = shown(sizes(large), perFile, bytesPerSecond);
        int end = shown.size() - 1;
        int half = end / 2;
        double left = end - half;
        long said = shown.get(half);
        assertTrue(Math.abs(said - left) <= most * left, said + " s at half time of " + end + " s: " + shown);
        assertEquals(List.of(-1L, -1L), shown.subList(0, 2), "nothing is known in the first seconds");
    }
}

package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagePlannerTest {

    private static final long GIBIBYTE = 1L << 30;
    private static final Account ACCOUNT = new Account("a", "one", "one:");

    @TempDir
    private Path folder;

    /** Files of these sizes, each a second younger than the one before. */
    private Queue queue(List<Long> sizes) throws IOException {
        StringBuilder list = new StringBuilder("[\n");
        for (int number = 0; number < sizes.size(); number++) {
            String time =
                    java.time.Instant.ofEpochSecond(1_700_000_000L + number).toString();
            list.append("{\"Path\":\"f" + number + "\",\"Size\":" + sizes.get(number) + ",\"ModTime\":\"" + time
                    + "\"},\n");
        }
        return Queue.read(Files.writeString(folder.resolve("list.json"), list.append("]\n")), entry -> true);
    }

    private static Accounts.Choice left(long quota, long remaining) {
        return new Accounts.Choice(ACCOUNT, quota, remaining);
    }

    private static StagePlanner.Rules by(String strategy) {
        return new StagePlanner.Rules(strategy, Long.MAX_VALUE, 4);
    }

    /** Names stay on the disk; a stage is some of the largest that wait, of however many. */
    @Test
    void aMillionFilesAreAQueueAndEachGoesOnce() throws IOException {
        int files = 1_000_000;
        Queue queue = Queue.read(QueueBench.list(folder, files), entry -> true);
        assertEquals(files, queue.count());
        long all = queue.leftBytes();
        long sent = 0;
        long last = Long.MAX_VALUE;
        for (int number = 0; number < 5; number++) {
            Stage stage = StagePlanner.plan(queue, left(Long.MAX_VALUE, Long.MAX_VALUE), by("fit"), any -> true)
                    .orElseThrow();
            assertEquals(1_000, stage.count());
            assertTrue(stage.largest() <= last, "the largest come first");
            last = stage.largest();
            sent += stage.bytes();
            for (int file : stage.files()) {
                assertEquals(QueueBench.size(file), queue.size(file));
                assertTrue(queue.waits(file), "it goes once");
                queue.remove(file);
            }
        }
        assertEquals(files - 5_000, queue.left());
        assertEquals(all - sent, queue.leftBytes());
        assertEquals("folder 17/a file of some length 17.mkv", queue.paths(new int[] {17})[0]);
    }

    @Test
    void cloudplowTakesSmallerAndSmallerShares() throws IOException {
        List<Long> sizes = new ArrayList<>();
        for (int number = 0; number < 900; number++) {
            sizes.add(GIBIBYTE);
        }
        Queue queue = queue(sizes);
        long quota = 750 * GIBIBYTE;
        long remaining = quota;
        List<Long> taken = new ArrayList<>();
        List<Integer> transfers = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            Stage stage = StagePlanner.plan(queue, left(quota, remaining), by("cloudplow"), any -> true)
                    .orElseThrow();
            taken.add(stage.bytes() / GIBIBYTE);
            transfers.add(stage.transfers());
            remaining -= stage.bytes();
            for (int file : stage.files()) {
                queue.remove(file);
            }
        }
        assertEquals(List.of(375L, 225L, 120L, 24L), taken);
        assertEquals(List.of(8, 4, 8, 8), transfers);
    }

    @Test
    void noStageIsMoreThanWhatIsLeftAndWhatFitsGoes() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<Long> sizes = new ArrayList<>();
            int count = 1 + random.nextInt(40);
            for (int number = 0; number < count; number++) {
                sizes.add((long) random.nextInt(1_000));
            }
            String strategy = List.of("fit", "oldest", "cloudplow").get(round % 3);
            Queue queue = queue(sizes);
            Accounts.Choice choice = left(10_000, random.nextInt(10_000));
            Optional<Stage> stage = StagePlanner.plan(queue, choice, by(strategy), any -> true);
            long bytes = stage.map(Stage::bytes).orElse(0L);
            assertTrue(bytes <= Math.max(0, choice.usable()), () -> strategy + sizes);
            if (!strategy.equals("cloudplow")) {
                stage.ifPresent(each -> {
                    for (int file : each.files()) {
                        queue.remove(file);
                    }
                });
                assertTrue(queue.left() == 0 || queue.smallest() > choice.usable() - bytes, () -> strategy + sizes);
            }
        }
    }

    @Test
    void oldestFilesGoFirst() throws IOException {
        Stage stage = StagePlanner.plan(queue(List.of(50L, 900L, 60L)), left(1_000, 200), by("oldest"), any -> true)
                .orElseThrow();
        assertEquals(List.of(0, 2), List.of(stage.files()[0], stage.files()[1]));
    }

    @Test
    void aFileThatIsNotDueIsLeft() throws IOException {
        Stage stage = StagePlanner.plan(queue(List.of(50L, 60L)), left(1_000, 1_000), by("fit"), number -> number == 0)
                .orElseThrow();
        assertEquals(1, stage.count());
        assertEquals(50, stage.largest());
    }
}

package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code logback.xml} makes of log lines, at sizes of a test. */
class LogFileTest {

    private static final int LARGEST = 10_240;
    private static final int TOTAL = 61_440;
    private static final String PLENTY = "1GB";

    private final LoggerContext context = new LoggerContext();

    @TempDir
    private Path folder;

    private Logger start(String largest) throws Exception {
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty("pulseboard.log.folder", folder.toString());
        context.putProperty("pulseboard.log.largest", largest);
        context.putProperty("pulseboard.log.total", Integer.toString(TOTAL));
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(getClass().getResource("/logback.xml"), "logback.xml"));
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAppender("console");
        return root;
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    /** Does this until it is so; it is logging that makes files roll, come back and go. */
    private static void repeatUntil(Runnable step, BooleanSupplier wanted) {
        long ends = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!wanted.getAsBoolean()) {
            assertTrue(System.nanoTime() < ends, "does not come to be");
            step.run();
        }
    }

    private List<Path> archives() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".gz")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int number(Path archive) {
        return Integer.parseInt(archive.getFileName().toString().replaceAll(".*\\.(\\d+)\\.log\\.gz", "$1"));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0; // Removed meanwhile.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void fileRollsBySizeAndAllArchivesTogetherAreBounded() throws Exception {
        Logger logger = start(Integer.toString(LARGEST));
        Random random = new Random(3); // What repeats itself would be compressed to nothing.
        Runnable line = () -> logger.info(random.ints(100).boxed().toList().toString());
        // Not the twentieth itself: where the machine is busy it comes and goes between two looks.
        repeatUntil(line, () -> archives().stream().anyMatch(file -> number(file) >= 20));
        // What is old is removed, and what is new compressed, by threads of their own, and only when a file rolls.
        repeatUntil(
                line,
                () -> archives().size() > 3
                        && archives().stream().mapToLong(LogFileTest::size).sum() <= TOTAL);
        archives()
                .forEach(file -> assertTrue(
                        file.getFileName().toString().matches("pulseboard\\.\\d{4}-\\d\\d-\\d\\d\\.\\d+\\.log\\.gz"),
                        file.toString()));
        assertTrue(size(folder.resolve("pulseboard.log")) < LARGEST + 2000);
    }

    @Test
    void fileRollsAtTheEndOfADay() throws Exception {
        Logger logger = start(PLENTY);
        logger.info("today");
        repeatUntil(Thread::onSpinWait, () -> size(folder.resolve("pulseboard.log")) > 0);
        assertEquals(List.of(), archives());
        AsyncAppender application = (AsyncAppender) logger.getAppender("application");
        LogFile file = (LogFile) application.getAppender("applicationFile");
        ((TimeBasedRollingPolicy<?>) file.getRollingPolicy())
                .getTimeBasedFileNamingAndTriggeringPolicy()
                .setCurrentTime(System.currentTimeMillis() + TimeUnit.DAYS.toMillis(1));
        logger.info("tomorrow");
        repeatUntil(Thread::onSpinWait, () -> !archives().isEmpty());
    }

    @Test
    void fileThatWasMovedAwayOrDeletedIsBegunAgain() throws Exception {
        Logger logger = start(PLENTY);
        Path file = folder.resolve("pulseboard.log");
        logger.info("first");
        repeatUntil(Thread::onSpinWait, () -> size(file) > 0);
        Files.move(file, folder.resolve("moved"));
        Files.createFile(file); // As logrotate does.
        repeatUntil(() -> trickle(logger), () -> size(file) > 0);
        Files.delete(file);
        repeatUntil(() -> trickle(logger), () -> size(file) > 0);
    }

    @Test
    void fileThatCannotBeOpenedIsTriedAgain() throws Exception {
        Path file = Files.createDirectory(folder.resolve("pulseboard.log"));
        Logger logger = start(PLENTY);
        logger.info("lost");
        Files.delete(file);
        repeatUntil(() -> trickle(logger), () -> Files.isRegularFile(file) && size(file) > 0);
    }

    /** Few lines, so that nothing rolls. */
    private static void trickle(Logger logger) {
        logger.info("a line");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
}

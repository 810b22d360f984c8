package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleLoggingTest {

    private final LoggerContext loggers = new LoggerContext();

    ConsoleLoggingTest() {
        loggers.setMDCAdapter(new LogbackMDCAdapter());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR", "WARN", "INFO", "DEBUG"})
    void lineIsWhatThePatternOfLogbackWrites(String level) {
        assertEquals(byPattern(event(level, null)), ConsoleLogging.line().doLayout(event(level, null)));
    }

    @Test
    void failureIsToldWithTheLineThatThrewIt() {
        String line = ConsoleLogging.line().doLayout(event("WARN", new IllegalStateException("it is late")));
        assertEquals(
                byPattern(event("WARN", new IllegalStateException("it is late")))
                        .lines()
                        .toList()
                        .get(0),
                firstLine(line));
        assertTrue(line.contains("java.lang.IllegalStateException: it is late"), line);
        assertTrue(line.contains("at pulseboard.ConsoleLoggingTest."), line);
        assertTrue(line.endsWith(System.lineSeparator()));
    }

    @Test
    void noXmlIsReadToWriteOnTheConsole(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("classes.txt");
        try (Program program =
                Program.start(Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + file), "--port", "0")) {
            program.awaitAddress();
            String loaded = Files.readString(file);
            assertTrue(loaded.contains("ch.qos.logback.core.ConsoleAppender "), "it logs");
            assertFalse(loaded.contains("ch.qos.logback.classic.joran.JoranConfigurator"), "reads no configuration");
            assertFalse(loaded.contains("com.sun.org.apache.xerces"), "reads no XML");
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private String byPattern(LoggingEvent event) {
        PatternLayout pattern = new PatternLayout();
        pattern.setContext(loggers);
        pattern.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0} - %msg%n%ex{short}");
        pattern.start();
        return pattern.doLayout(event);
    }

    private LoggingEvent event(String level, @Nullable Throwable failure) {
        LoggingEvent event = new LoggingEvent(
                "test",
                loggers.getLogger("pulseboard.web.Warnings"),
                Level.valueOf(level),
                "{} of {}",
                failure,
                new Object[] {1, 2});
        event.setInstant(Instant.ofEpochMilli(1_732_230_000_123L));
        return event;
    }
}

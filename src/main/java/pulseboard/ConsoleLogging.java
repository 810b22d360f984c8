package pulseboard;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The log on the console, as long as no file says otherwise ({@code -Dlogback.configurationFile}, or the setting {@code log.folder}).
 * Found by Logback as a service. In code and without patterns: Logback's readers of both, and the JDK's of XML, are 600
 * classes, which would stay in memory for as long as the program runs.
 */
public final class ConsoleLogging extends ContextAwareBase implements Configurator {

    /** Logback's own name for the property that names a file. */
    static final String FILE_PROPERTY = "logback.configurationFile";

    private static final int QUEUE_LINES = 1024;
    private static final int FLUSH_MILLISECONDS = 250;

    private static final Map<String, Level> LEVELS = Map.of(
            // One line a request belongs into a file, not onto a console.
            "io.vertx.ext.web.handler.LoggerHandler", Level.OFF,
            // Logs what viewers send, without a limit; web/Warnings.java says the same with a limit.
            "io.vertx.ext.web.handler.sockjs", Level.OFF,
            // A change that was under way to a viewer that has just left is nothing to warn of.
            "io.vertx.core.eventbus.impl.MessageConsumerImpl", Level.ERROR,
            // Says each second that no more files can be opened; web/Warnings.java and the samplers say it, too.
            "io.netty.channel.DefaultChannelPipeline", Level.ERROR,
            // "Connection evicted", for each WebSocket that another server refused: the link says why.
            "io.vertx.core.http.impl.HttpClientConnection", Level.ERROR,
            // What a mail server says; it may repeat the password that it refuses. The channel tells it without.
            "io.vertx.ext.mail", Level.OFF,
            "oshi", Level.ERROR);

    /** Made by Logback's service loader. */
    public ConsoleLogging() {}

    /** Leaves it to Logback's own configurator if a file is named. */
    @Override
    public ExecutionStatus configure(LoggerContext loggers) {
        if (System.getProperty(FILE_PROPERTY) != null) {
            return ExecutionStatus.NEUTRAL;
        }
        Logger root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(console(loggers));
        LEVELS.forEach((name, level) -> loggers.getLogger(name).setLevel(level));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** A thread that logs never waits, not even when nobody reads this output: lines are lost instead. */
    private static AsyncAppender console(LoggerContext loggers) {
        AsyncAppender console = new AsyncAppender();
        console.setContext(loggers);
        console.setName("console");
        console.setQueueSize(QUEUE_LINES);
        console.setDiscardingThreshold(0);
        console.setNeverBlock(true);
        console.setMaxFlushTime(FLUSH_MILLISECONDS);
        console.addAppender(output(loggers));
        console.start();
        return console;
    }

    private static ConsoleAppender<ILoggingEvent> output(LoggerContext loggers) {
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(loggers);
        encoder.setLayout(line());
        encoder.start();
        ConsoleAppender<ILoggingEvent> output = new ConsoleAppender<>();
        output.setContext(loggers);
        output.setName("output");
        output.setEncoder(encoder);
        output.start();
        return output;
    }

    /** Writes one line for each event. */
    static Layout<ILoggingEvent> line() {
        return new Line();
    }

    /** {@code 15:04:05.678 LEVEL Logger - message}, and of an exception its name, its message and where it was thrown. */
    private static final class Line extends LayoutBase<ILoggingEvent> {
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
        private static final int LEVEL_WIDTH = 5;

        @Override
        public String doLayout(ILoggingEvent event) {
            StringBuilder line = new StringBuilder(TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
            String level = event.getLevel().toString();
            line.append(' ').append(level).append(" ".repeat(Math.max(0, LEVEL_WIDTH - level.length())));
            String logger = event.getLoggerName();
            line.append(' ').append(logger, logger.lastIndexOf('.') + 1, logger.length());
            line.append(" - ").append(event.getFormattedMessage()).append(System.lineSeparator());
            appendFailure(line, event.getThrowableProxy());
            return line.toString();
        }

        private static void appendFailure(StringBuilder line, @Nullable IThrowableProxy failure) {
            if (failure != null) {
                line.append(failure.getClassName()).append(": ").append(failure.getMessage());
                StackTraceElementProxy[] frames = failure.getStackTraceElementProxyArray();
                if (frames != null && frames.length > 0) {
                    line.append(System.lineSeparator()).append('\t').append(frames[0]);
                }
                line.append(System.lineSeparator());
            }
        }
    }
}

package pulseboard;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Warnings and errors of the libraries that talk to the network: at most {@value #MOST} lines in {@value #INTERVAL_SECONDS} s,
 * because clients can cause many of them, and nobody shall fill a disk from outside. Thread-safe.
 */
final class LibraryLines extends TurboFilter {

    static final int MOST = 5;
    static final int INTERVAL_SECONDS = 10;

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LibraryLines.class);

    /** Writes the access log, refusals as warnings: none of those may be left out. It has files of bounded size. */
    private static final String ACCESS_LOG = "io.vertx.ext.web.handler.LoggerHandler";

    private final LongSupplier nanoClock;
    private long beganNanos;
    private int lines;
    private int leftOut;

    LibraryLines(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.beganNanos = nanoClock.getAsLong();
    }

    /** Limits the lines of this process from now on. */
    static void limit() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
            LibraryLines filter = new LibraryLines(System::nanoTime);
            filter.setContext(loggers);
            filter.start();
            loggers.addTurboFilter(filter);
        }
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable failure) {
        // Without a text somebody only asks whether it is worth making one.
        if (format == null || !level.isGreaterOrEqual(Level.WARN) || !isLibrary(logger.getName())) {
            return FilterReply.NEUTRAL;
        }
        int before = count();
        if (before > 0) {
            LOG.warn("{} more lines of libraries were left out", before);
        }
        return before < 0 ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private static boolean isLibrary(String logger) {
        return (logger.startsWith("io.vertx.") && !logger.equals(ACCESS_LOG)) || logger.startsWith("io.netty.");
    }

    /** -1 for a line too many; else how many of those there were in the interval before, once. */
    private synchronized int count() {
        long now = nanoClock.getAsLong();
        int before = 0;
        if (now - beganNanos >= TimeUnit.SECONDS.toNanos(INTERVAL_SECONDS)) {
            beganNanos = now;
            lines = 0;
            before = leftOut;
            leftOut = 0;
        }
        if (lines >= MOST) {
            leftOut++;
            return -1;
        }
        lines++;
        return before;
    }
}

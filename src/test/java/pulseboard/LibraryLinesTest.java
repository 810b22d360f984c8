package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;

class LibraryLinesTest {

    @Test
    void linesOfLibrariesAreFewWhateverClientsDo() {
        LoggerContext context = new LoggerContext();
        long[] nanos = {0};
        context.addTurboFilter(new LibraryLines(() -> nanos[0]));
        ListAppender<ILoggingEvent> kept = new ListAppender<>();
        kept.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(kept);
        Logger netty = context.getLogger("io.netty.handler.ssl.SslHandler");
        Logger vertx = context.getLogger("io.vertx.core.net.impl.ConnectionBase");
        Logger access = context.getLogger("io.vertx.ext.web.handler.LoggerHandler");
        Logger own = context.getLogger("pulseboard.web.Warnings");
        for (int i = 0; i < 100; i++) {
            netty.warn("last write attempt timed out {}", i);
            vertx.error("fault", new IllegalStateException("of a client"));
            own.warn("limited by itself");
            access.warn("GET / 404");
            netty.info("as usual");
        }
        assertEquals(100, count(kept, access.getName()), "the access log leaves nothing out");
        assertEquals(LibraryLines.MOST, count(kept, "io.") - 100);
        assertEquals(100, count(kept, "pulseboard."));
        assertEquals(
                100,
                kept.list.stream().filter(line -> line.getLevel() == Level.INFO).count());
        nanos[0] += 10_000_000_000L;
        netty.warn("again");
        assertEquals(LibraryLines.MOST + 1, count(kept, "io.") - 100);
    }

    private static long count(ListAppender<ILoggingEvent> kept, String library) {
        return kept.list.stream()
                .filter(line -> line.getLoggerName().startsWith(library))
                .filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .count();
    }
}

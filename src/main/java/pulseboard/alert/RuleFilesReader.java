package pulseboard.alert;

import io.vertx.core.Vertx;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads files of rules off the event loop, one reading at a time. Used on one context. */
final class RuleFilesReader {

    private static final Logger LOG = LoggerFactory.getLogger(RuleFilesReader.class);
    private static final long EACH_MILLISECONDS = 5_000;

    private final Vertx vertx;
    private final RuleFiles files;
    private final Consumer<RuleFiles.Loaded> taker;
    private boolean isReading;

    /** Hands over what has changed on the context on which it is told to read. */
    RuleFilesReader(Vertx vertx, RuleFiles files, Consumer<RuleFiles.Loaded> taker) {
        this.vertx = vertx;
        this.files = files;
        this.taker = taker;
    }

    /** Looks every few seconds from now on, where there is a place for files. */
    void start() {
        if (files.haveFolder()) {
            vertx.setPeriodic(EACH_MILLISECONDS, id -> read());
        }
    }

    private void read() {
        if (isReading) {
            return;
        }
        isReading = true;
        vertx.executeBlocking(files::changed).onComplete(read -> {
            isReading = false;
            if (read.succeeded()) {
                read.result().ifPresent(taker);
            } else {
                LOG.warn("The rules cannot be read", read.cause());
            }
        });
    }
}

package pulseboard.alert;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.Addresses;
import pulseboard.feed.Change;
import pulseboard.feed.FeedReader;
import pulseboard.feed.FeedSubscription;
import pulseboard.feed.Replica;
import pulseboard.feed.Snapshot;

/** One board that has rules, as it is read. Used on one context. */
final class JudgedBoard implements FeedReader.Sink {

    /** A sample may be late on a machine that is busy, and that is another verdict. */
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Who judges it. */
    interface Judge {
        /** The board is like this. */
        void whole(String board, JsonObject state);

        /** The same after a change. */
        void changed(String board, JsonObject state, JsonObject patch);
    }

    private final Vertx vertx;
    private final String name;
    private final String title;
    private final Judge judge;
    private final Replica replica = new Replica();
    private final FeedSubscription subscription;
    private long heardNanos = System.nanoTime();

    JudgedBoard(Vertx vertx, String name, String title, Judge judge) {
        this.vertx = vertx;
        this.name = name;
        this.title = title;
        this.judge = judge;
        this.subscription = new FeedSubscription(vertx, name, this);
        vertx.eventBus().publish(Addresses.judged(name), true);
    }

    String title() {
        return title;
    }

    /** What it shows; null as long as nothing came. */
    @Nullable
    JsonObject state() {
        return replica.state();
    }

    boolean isSilent() {
        return System.nanoTime() - heardNanos > SILENT_NANOS;
    }

    void close() {
        subscription.close();
        vertx.eventBus().publish(Addresses.judged(name), false);
    }

    @Override
    public void replace(Snapshot snapshot) {
        heardNanos = System.nanoTime();
        replica.replace(snapshot);
        judge.whole(name, snapshot.state());
    }

    @Override
    public void apply(Change change) {
        heardNanos = System.nanoTime();
        replica.apply(change);
        if (!change.patch().isEmpty()) {
            judge.changed(name, Objects.requireNonNull(replica.state()), change.patch());
        }
    }
}

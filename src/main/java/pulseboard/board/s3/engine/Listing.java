package pulseboard.board.s3.engine;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.wire.BucketReader;
import pulseboard.board.s3.wire.ListPage;
import pulseboard.board.s3.wire.ListedObject;

/** The objects of a bucket, one after the other; while one page is looked at the next one is asked for. */
final class Listing implements AutoCloseable {

    private final BucketReader bucket;
    private final Retry retry;
    private final String prefix;
    private final ExecutorService ahead = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "s3-list");
        made.setDaemon(true);
        return made;
    });
    private Iterator<ListedObject> page = List.<ListedObject>of().iterator();
    private @Nullable Future<ListPage> next;

    Listing(BucketReader bucket, Retry retry, String prefix) {
        this.bucket = bucket;
        this.retry = retry;
        this.prefix = prefix;
        this.next = ask(null);
    }

    private Future<ListPage> ask(@Nullable String token) {
        return ahead.submit(() -> retry.call(() -> bucket.list(prefix, token)));
    }

    /** The next one; null: that was all. */
    @Nullable
    ListedObject next() throws IOException, InterruptedException {
        while (!page.hasNext()) {
            if (next == null) {
                return null;
            }
            ListPage arrived = await(next);
            page = arrived.objects().iterator();
            next = arrived.next() == null ? null : ask(arrived.next());
        }
        return page.next();
    }

    private static ListPage await(Future<ListPage> page) throws IOException, InterruptedException {
        try {
            return page.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        ahead.shutdownNow();
    }
}

package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import pulseboard.board.lab.engine.BenchResult.Measured;
import pulseboard.board.lab.engine.Chunks.Located;
import pulseboard.board.lab.engine.Placement.Mode;

/** Uploaders at once, of which two put the same chunks: each is chosen once, whoever wins. */
final class BenchUploads {

    private static final int BYTES = 256 << 10;

    private final Engine.Parts parts;
    private final BenchStock stock;

    /** What was said of each chunk, and how long that took. */
    private final Map<String, Set<String>> chosen = new HashMap<>();

    private final List<Double> took = new ArrayList<>();
    private int failed;
    private int finished;

    BenchUploads(Engine.Parts parts, BenchStock stock) {
        this.parts = parts;
        this.stock = stock;
    }

    Future<Measured> run(int uploaders, int chunks) {
        List<Future<?>> all = new ArrayList<>();
        for (int uploader = 0; uploader < uploaders; uploader++) {
            all.add(one(uploader, chunks));
        }
        int names = (uploaders - 1) * chunks;
        return Future.join(all).transform(done -> read()).map(unread -> {
            long twice =
                    chosen.values().stream().filter(each -> each.size() > 1).count();
            boolean meets = finished >= 10 && failed == 0 && twice == 0 && unread == 0 && chosen.size() == names;
            double[] samples = BenchResult.samples(took);
            String note = meets
                    ? ""
                    : String.format(
                            Locale.ROOT, "%d chunks failed, %d chosen twice, %d cannot be read", failed, twice, unread);
            return new Measured(finished, meets, samples, note);
        });
    }

    /** The last two are on the same chunks. Those are nobody's own: both prepare. */
    private Future<?> one(int uploader, int chunks) {
        boolean isShared = uploader < 2;
        String name = "uploader-" + uploader;
        int[] mine = new int[1];
        Future<?> all = Future.succeededFuture();
        for (int n = 0; n < chunks; n++) {
            String chunk = stock.id() + "-u" + (isShared ? 0 : uploader) + "-" + n;
            Mode mode = n % 2 == 0 ? Mode.CODED : Mode.REPLICATED;
            all = all.compose(before -> {
                long began = System.nanoTime();
                Uploads.Chunk what = new Uploads.Chunk(chunk, 1, mode, stock.bytes(BYTES));
                return parts.uploads().put(what, name, !isShared).onComplete(done -> {
                    if (done.succeeded()) {
                        took.add((System.nanoTime() - began) / 1e6);
                        mine[0]++;
                        chosen.computeIfAbsent(chunk, missing -> new HashSet<>())
                                .add(done.result().placement().text());
                    } else {
                        failed++; // The rest of this uploader's are not tried.
                    }
                });
            });
        }
        return all.onComplete(done -> finished += mine[0] == chunks ? 1 : 0);
    }

    /** How many of those that were chosen cannot be read back. */
    private Future<Integer> read() {
        int[] unread = new int[1];
        Future<?> all = Future.succeededFuture();
        for (String name : chosen.keySet()) {
            Located chunk = parts.catalogue().find(name).orElse(null);
            all = all.compose(before -> chunk == null
                            ? Future.failedFuture(name)
                            : Chunks.get(
                                    chunk,
                                    parts.cluster().direct(),
                                    parts.cluster().ids(),
                                    Chunks.NOBODY))
                    .transform(done -> {
                        unread[0] += done.succeeded() ? 0 : 1;
                        return Future.succeededFuture();
                    });
        }
        return all.map(done -> unread[0]);
    }
}

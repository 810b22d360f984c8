package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import pulseboard.board.lab.engine.NodeClient.Fetched;
import pulseboard.board.lab.erasure.Coder;
import pulseboard.board.lab.store.Store;

/** Gets a chunk from the nodes that hold it, in an order that the caller chooses; what comes damaged does not count. */
final class Chunks {

    /** A listener that does not listen. */
    static final Listener NOBODY = (node, milliseconds, bytes, trouble) -> {};

    private Chunks() {}

    /**
     * A chunk and where it is.
     *
     * @param name of the chunk
     * @param generation of its placement
     * @param placement where it is
     */
    record Located(String name, int generation, Placement placement) {}

    /** Hears what a request to a node came to. */
    interface Listener {
        /** It took so long, and gave so many bytes; or it failed, where there is a reason. */
        void ended(String node, double milliseconds, int bytes, String trouble);

        /** A request begins. */
        default void begun(String node) {}

        /** What a node gave is not what it should have. */
        default void corrupt(String node) {}
    }

    /**
     * Gets it.
     *
     * @param order nodes to ask, the first ones first; not all need to hold the chunk
     */
    static Future<byte[]> get(Located chunk, Map<String, NodeClient> clients, List<String> order, Listener listener) {
        Deque<String> open = new ArrayDeque<>(
                order.stream().filter(chunk.placement.nodes()::contains).toList());
        Fetch fetch = new Fetch(chunk, clients, open, listener);
        int needed = chunk.placement.mode() == Placement.Mode.CODED ? Coder.NEEDED : 1;
        for (int n = 0; n < needed; n++) {
            fetch.next();
        }
        return fetch.result.future();
    }

    private static final class Fetch {

        private static final long MOST_MILLISECONDS = 8_000;

        private final Located chunk;
        private final Map<String, NodeClient> clients;
        private final Deque<String> open;
        private final Listener listener;
        private final Promise<byte[]> result = Promise.promise();
        private final Map<Integer, byte[]> parts = new TreeMap<>();
        private final List<String> troubles = new ArrayList<>();
        private int underWay;

        private Fetch(Located chunk, Map<String, NodeClient> clients, Deque<String> open, Listener listener) {
            this.chunk = chunk;
            this.clients = clients;
            this.open = open;
            this.listener = listener;
        }

        private void next() {
            String node = open.poll();
            if (node == null) {
                if (underWay == 0) {
                    result.tryFail(chunk.name + " cannot be read: " + String.join(", ", troubles));
                }
                return;
            }
            underWay++;
            long began = System.nanoTime();
            listener.begun(node);
            Objects.requireNonNull(clients.get(node))
                    .get(chunk.name, chunk.generation, MOST_MILLISECONDS)
                    .compose(got -> sound(node, got))
                    .onComplete(done -> {
                        underWay--;
                        double took = (System.nanoTime() - began) / 1e6;
                        if (done.succeeded()) {
                            Fetched got = done.result();
                            listener.ended(node, took, got.bytes().length, "");
                            take(node, got);
                        } else {
                            String why = String.valueOf(done.cause().getMessage());
                            listener.ended(node, took, 0, why);
                            troubles.add(node + ": " + why);
                            next();
                        }
                    });
        }

        private Future<Fetched> sound(String node, Fetched got) {
            if (got.isSound()) {
                return Future.succeededFuture(got);
            }
            listener.corrupt(node);
            return Future.failedFuture("corrupt");
        }

        private void take(String node, Fetched got) {
            Placement placement = chunk.placement;
            if (placement.mode() == Placement.Mode.REPLICATED) {
                finish(got.bytes());
                return;
            }
            parts.put(placement.nodes().indexOf(node), got.bytes());
            if (parts.size() >= Coder.NEEDED && !result.future().isComplete()) {
                finish(Coder.decode(parts, placement.sizeBytes()));
            }
        }

        /** Each fragment may be sound and yet be of another value: the sum of the whole tells. */
        private void finish(byte[] data) {
            if (Store.sha256(data).equals(chunk.placement.sha256())) {
                result.tryComplete(data);
            } else {
                result.tryFail(chunk.name + " is not what was put");
            }
        }
    }
}

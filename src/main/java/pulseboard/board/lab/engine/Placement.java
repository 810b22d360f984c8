package pulseboard.board.lab.engine;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import pulseboard.board.lab.erasure.Coder;
import pulseboard.board.lab.paxos.Quorum;
import pulseboard.board.lab.store.Store;

/**
 * Where a chunk is: the value that Paxos decides.
 *
 * @param mode copies or fragments
 * @param sha256 of the whole chunk
 * @param sizeBytes of the whole chunk
 * @param nodes who holds it; of fragments, each that of its place in this list
 * @param uploader whose bytes these are
 */
record Placement(Mode mode, String sha256, int sizeBytes, List<String> nodes, String uploader) {

    /** How a chunk is kept. */
    enum Mode {
        /** Three nodes have all of it. */
        REPLICATED,
        /** Five nodes have a fragment each; any three make it whole. */
        CODED;

        Quorum quorum() {
            return this == CODED ? Quorum.CODED : Quorum.REPLICATED;
        }

        /** What each node gets. */
        byte[][] parts(byte[] data) {
            return this == CODED ? Coder.encode(data) : new byte[][] {data, data, data};
        }
    }

    /** Copies. */
    Placement {
        nodes = List.copyOf(nodes);
    }

    /** Where these bytes go, by what an uploader would like. */
    static Placement of(String chunk, byte[] data, Mode mode, List<String> all) {
        return new Placement(mode, Store.sha256(data), data.length, nodes(chunk, mode, all), "");
    }

    Placement by(String who) {
        return new Placement(mode, sha256, sizeBytes, nodes, who);
    }

    /** The nodes of a chunk by rendezvous hashing: everybody comes to the same ones, in the same order. */
    static List<String> nodes(String chunk, Mode mode, List<String> all) {
        return all.stream()
                .sorted(Comparator.comparing(
                        node -> Store.sha256((chunk + " " + node).getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .limit(mode.quorum().acceptors())
                .toList();
    }

    /** The value as Paxos has it. */
    String text() {
        return new JsonObject()
                .put("mode", mode.name())
                .put("sha256", sha256)
                .put("sizeBytes", sizeBytes)
                .put("nodes", new JsonArray(nodes))
                .put("uploader", uploader)
                .encode();
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws RuntimeException when it is no placement
     */
    static Placement of(String text) {
        JsonObject json = new JsonObject(text);
        return new Placement(
                Mode.valueOf(json.getString("mode", "")),
                Objects.requireNonNull(json.getString("sha256")),
                json.getInteger("sizeBytes", 0),
                json.getJsonArray("nodes").stream().map(String::valueOf).toList(),
                json.getString("uploader", ""));
    }
}

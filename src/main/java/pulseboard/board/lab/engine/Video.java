package pulseboard.board.lab.engine;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import pulseboard.board.lab.player.Ladder;

/**
 * A video: segments of equal length in a few qualities, each a chunk of its own.
 *
 * @param id its name, with which the names of its chunks begin
 * @param manifest what there is to know of it: {@code title segments segmentSeconds codec rungs[{name width height kilobitsPerSecond}]}
 */
record Video(String id, JsonObject manifest) {

    int segments() {
        return manifest.getInteger("segments", 0);
    }

    List<String> rungs() {
        return manifest.getJsonArray("rungs").stream()
                .map(rung -> ((JsonObject) rung).getString("name", ""))
                .toList();
    }

    Ladder ladder() {
        return new Ladder(
                manifest.getDouble("segmentSeconds", 2.0),
                manifest.getJsonArray("rungs").stream()
                        .map(rung -> ((JsonObject) rung).getDouble("kilobitsPerSecond", 0.0) / 1_000)
                        .toList());
    }

    /** The chunk of a segment; after the last one the video begins again. */
    String segment(int rung, int segment) {
        return String.format(Locale.ROOT, "%s-%s-%03d", id, rungs().get(rung), segment % segments());
    }

    /** The chunk that a decoder needs before the segments of a rung. */
    String init(int rung) {
        return id + "-" + rungs().get(rung) + "-init";
    }

    /** The chunks of all segments. */
    List<String> segmentChunks() {
        List<String> all = new ArrayList<>(chunks());
        for (int rung = 0; rung < rungs().size(); rung++) {
            all.remove(init(rung));
        }
        return all;
    }

    static String manifestChunk(String id) {
        return id + "-video";
    }

    /** All chunks but the manifest's. */
    List<String> chunks() {
        List<String> all = new ArrayList<>();
        for (int rung = 0; rung < rungs().size(); rung++) {
            all.add(init(rung));
            for (int segment = 0; segment < segments(); segment++) {
                all.add(segment(rung, segment));
            }
        }
        return all;
    }
}

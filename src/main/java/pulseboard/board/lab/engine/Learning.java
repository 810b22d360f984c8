package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.lab.engine.Chunks.Located;

/** Makes the catalogue anew from what the nodes have; one that does not answer is left out. */
final class Learning {

    private static final Logger LOG = LoggerFactory.getLogger(Learning.class);
    private static final String MANIFEST = Video.manifestChunk("");

    /** A list of all that a node has may be long. */
    private static final long PATIENCE_MILLISECONDS = 20_000;

    private final Cluster cluster;
    private final Catalogue catalogue;

    Learning(Cluster cluster, Catalogue catalogue) {
        this.cluster = cluster;
        this.catalogue = catalogue;
    }

    Future<Void> run() {
        List<JsonObject> records = new ArrayList<>();
        List<Future<?>> asked = new ArrayList<>();
        cluster.direct()
                .forEach((id, client) ->
                        asked.add(client.json(HttpMethod.GET, "/records", Buffer.buffer(), PATIENCE_MILLISECONDS)
                                .onSuccess(said -> records.add(said.put("node", id)))));
        return Future.join(asked)
                .transform(all -> {
                    Map<String, Located> learned = Catalogue.learn(records);
                    learned.values().forEach(catalogue::add);
                    forgetOld(records, learned);
                    return Future.join(learned.values().stream()
                            .filter(chunk -> chunk.name().endsWith(MANIFEST))
                            .map(this::learnVideo)
                            .toList());
                })
                .mapEmpty();
    }

    /** What was left behind by an engine that ended before a move was over. */
    private void forgetOld(List<JsonObject> records, Map<String, Located> learned) {
        for (JsonObject node : records) {
            NodeClient client = cluster.direct().get(node.getString("node", ""));
            for (Object each : node.getJsonArray("records")) {
                Located held = Catalogue.located((JsonObject) each);
                Located now = learned.get(held.name());
                if (client != null && now != null && held.generation() < now.generation()) {
                    client.delete(held.name(), held.generation()).onFailure(gone -> {});
                }
            }
        }
    }

    private Future<?> learnVideo(Located chunk) {
        return Chunks.get(chunk, cluster.direct(), cluster.ids(), Chunks.NOBODY)
                .onSuccess(data -> {
                    String id = chunk.name().substring(0, chunk.name().length() - MANIFEST.length());
                    catalogue.add(new Video(id, new JsonObject(new String(data, StandardCharsets.UTF_8))));
                })
                .onFailure(why -> LOG.warn("A video cannot be read: {}", why.getMessage()));
    }
}

package pulseboard.board.lab;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import pulseboard.feed.ActionInfo;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.Parameter;
import pulseboard.feed.ResourceInfo;
import pulseboard.feed.ViewerCount;

/** Owns the board {@code consensus}: the decisions of the lab, with every message, and scenarios that are executed. */
public final class ConsensusVerticle extends VerticleBase {

    private static final long LOOK_MILLISECONDS = 1_000;
    private static final ResourceInfo RUN =
            new ResourceInfo("GET", "runs/:id", "The record of a decision: every message, when it was sent or arrived");
    private static final BoardInfo INFO = BoardInfo.of("consensus", "Consensus")
            .onDemand()
            .resource(RUN)
            .action(
                    "rehearse",
                    ActionInfo.of("Executes a scenario on real nodes and gives its record")
                            .takes("scenario", Parameter.Type.STRING, true, "normal, two_uploaders or node_down"));

    private final Path folder;
    private int viewers;
    private boolean isLooking;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private EngineLink link;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private FeedPublisher publisher;

    /** Shows what the engine in this folder has decided. */
    public ConsensusVerticle(Path folder) {
        this.folder = folder;
    }

    @Override
    public Future<?> start() {
        link = new EngineLink(vertx, folder);
        publisher = new FeedPublisher(vertx, INFO);
        publisher.onRequest(
                RUN,
                request -> link.pass(
                        "/runs/" + URLEncoder.encode(request.path().getOrDefault("id", ""), StandardCharsets.UTF_8),
                        request.http().response()));
        publisher.onAction("rehearse", body -> link.json(HttpMethod.POST, "/do/rehearse", body));
        publisher.publish(new JsonObject().put("runs", new JsonObject()));
        ViewerCount.follow(vertx, "consensus", count -> {
            viewers = count;
            look();
        });
        return publisher.ready();
    }

    private void look() {
        if (viewers == 0 || isLooking) {
            return;
        }
        isLooking = true;
        link.json(HttpMethod.GET, "/consensus", new JsonObject())
                .onSuccess(publisher::publish)
                .onComplete(done -> vertx.setTimer(LOOK_MILLISECONDS, id -> {
                    isLooking = false;
                    look();
                }));
    }
}

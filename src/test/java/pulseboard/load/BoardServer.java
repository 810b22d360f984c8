package pulseboard.load;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import pulseboard.auth.Access;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.DirectoryVerticle;
import pulseboard.feed.FeedPublisher;
import pulseboard.web.TlsConfig;
import pulseboard.web.WebConfig;
import pulseboard.web.WebVerticle;

/** The real web side, in a process of its own, with one real board that changes once a second. */
final class BoardServer {

    static final String BOARD = "host";

    /** The most that the bench asks for, and some. */
    private static final int MOST_VIEWERS = 10_000;

    private BoardServer() {}

    /** Serves until its input ends. */
    public static void main(String[] arguments) throws IOException, TimeoutException {
        Vertx vertx = Measured.vertx();
        WebConfig config = new WebConfig(
                "127.0.0.1", 0, List.of(), List.of(), List.of(), List.of(), List.of(), MOST_VIEWERS, 32, 4096, 150, 15);
        WebVerticle web = new WebVerticle(config, TlsConfig.DEFAULT, BOARD, Access.open());
        DeploymentOptions worker = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
        vertx.deployVerticle(new DirectoryVerticle())
                .compose(id -> vertx.deployVerticle(new Board(), worker))
                .compose(id -> vertx.deployVerticle(web))
                .await(120, TimeUnit.SECONDS);
        Measured.serve(web.port());
    }

    private static final class Board extends VerticleBase {
        private final Pulse pulse = new Pulse();

        @Override
        public Future<?> start() {
            FeedPublisher publisher = new FeedPublisher(vertx, BoardInfo.of(BOARD, BOARD));
            vertx.setPeriodic(Measured.BEAT_MILLISECONDS, id -> publisher.publish(pulse.next()));
            return publisher.ready();
        }
    }
}

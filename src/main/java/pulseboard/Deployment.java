package pulseboard;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oshi.util.PlatformEnum;
import pulseboard.alert.AlertVerticle;
import pulseboard.auth.Access;
import pulseboard.board.host.HostConfig;
import pulseboard.board.host.HostSources;
import pulseboard.board.host.HostVerticle;
import pulseboard.board.host.ProcessesVerticle;
import pulseboard.feed.DirectoryVerticle;
import pulseboard.history.HistoryVerticle;
import pulseboard.link.LinkPolicy;
import pulseboard.link.LinkServer;
import pulseboard.link.LinkTarget;
import pulseboard.link.LinkVerticle;
import pulseboard.machine.linux.Kernel;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Metrics;
import pulseboard.prometheus.MetricsVerticle;
import pulseboard.prometheus.node.NodeCollectors;
import pulseboard.prometheus.write.RemoteWriteVerticle;
import pulseboard.prometheus.write.WriteCounts;
import pulseboard.web.WebVerticle;

/** The list of boards, and the order in which everything starts. */
final class Deployment {

    /** A new board is one line more. */
    static final List<Board<?>> BOARDS = List.of(new Board<>(
            "host", HostConfig.class, HostConfig.DEFAULT, Set.of("host", "processes"), false, Deployment::host));

    /** The board of this machine. */
    private static final String HOME = "host";

    private Deployment() {}

    /** Two boards, which are sampled alike. */
    private static List<VerticleBase> host(HostConfig config) {
        if (config.source().equals(HostConfig.KERNEL) && !isLinux()) {
            throw new UserMistake("host.source is kernel, and only Linux has these files, not "
                    + System.getProperty("os.name") + "; set it to auto or oshi");
        }
        HostSources sources = HostSources.of(config, Version.text());
        return List.of(new HostVerticle(config, sources), new ProcessesVerticle(config, sources));
    }

    /** The settings of boards as they are unless somebody says otherwise. */
    static Map<String, Record> defaults(List<Board<?>> boards) {
        Map<String, Record> all = new LinkedHashMap<>();
        boards.forEach(board -> all.put(board.name(), board.defaults()));
        return all;
    }

    /** The names of the boards of all jobs that these settings have. */
    static Set<String> jobs(Config config, List<Board<?>> boards) {
        return boards.stream()
                .filter(board -> board.isJob() && board.isConfigured(config))
                .flatMap(board -> board.boards().stream())
                .collect(Collectors.toSet());
    }

    /** Names that no other machine can have, whether a board of that name is there or not. */
    static Set<String> reserved(List<Board<?>> boards) {
        return Stream.concat(
                        boards.stream().flatMap(board -> board.boards().stream()),
                        Stream.of(DirectoryVerticle.BOARD, "alerts", "fleet")) // These two are to come.
                .collect(Collectors.toSet());
    }

    /**
     * Deploys the program itself; the web side comes last, when there is something to see. Returns the port it listens on.
     *
     * @throws UserMistake where settings are not for this machine
     */
    static Future<Integer> deploy(Vertx vertx, Config config, Access access, List<Board<?>> boards) {
        WebVerticle web = new WebVerticle(config.web(), config.tls(), HOME, access);
        links(config, boards).ifPresent(web::with);
        WriteCounts writes = new WriteCounts();
        Metrics metrics = new Metrics(vertx, Version.text(), threads -> {
            List<Collector> all = new ArrayList<>(collectors(threads));
            if (config.remoteWrite().isOn()) {
                all.add(writes);
            }
            return all;
        });
        return deployBoards(vertx, config, boards, false)
                .compose(id -> vertx.deployVerticle(
                        history(config), worker().setWorkerPoolName("history").setWorkerPoolSize(1)))
                .compose(id -> config.alerts().enabled()
                        ? vertx.deployVerticle(new AlertVerticle())
                        : Future.succeededFuture(id))
                .compose(id -> vertx.deployVerticle(new MetricsVerticle(metrics)))
                .compose(id -> vertx.deployVerticle(web))
                .compose(id -> config.remoteWrite().isOn()
                        ? vertx.deployVerticle(
                                new RemoteWriteVerticle(config.remoteWrite(), metrics, writes, hostName()))
                        : Future.succeededFuture(id))
                .map(id -> web.port());
    }

    /**
     * Deploys boards, jobs for a worker and others for an agent, and a link that shows them elsewhere. The result fails when
     * that cannot be done; whether the other end takes the link, the link says.
     *
     * @throws UserMistake where settings are not for this machine
     */
    static Future<LinkVerticle> deployLinked(Vertx vertx, Config config, List<Board<?>> boards, LinkTarget target) {
        Path resources = target.isWorker() ? workerSocket(config) : null;
        LinkVerticle link = new LinkVerticle(target, Version.text(), resources);
        return deployBoards(vertx, config, boards, target.isWorker())
                .compose(id -> vertx.deployVerticle(link))
                .map(id -> link);
    }

    /** Where a worker serves the resources of its boards to the program. */
    private static Path workerSocket(Config config) {
        return config.work().socketIn(config.auth().folderIn(System.getenv()));
    }

    /** Those that are jobs, or those that are not. */
    private static Future<String> deployBoards(Vertx vertx, Config config, List<Board<?>> boards, boolean areJobs) {
        Future<String> begun = vertx.deployVerticle(new DirectoryVerticle());
        for (Board<?> board : boards) {
            if (board.isJob() == areJobs) {
                for (VerticleBase verticle : board.verticles(config)) {
                    begun = begun.compose(id -> vertx.deployVerticle(verticle, worker()));
                }
            }
        }
        return begun;
    }

    /** Not a constant: settings are read before it is known where to log, and Vert.x logs from when it is loaded. */
    private static DeploymentOptions worker() {
        return new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
    }

    /** Nothing is there for links, where none can come. */
    private static Optional<LinkServer> links(Config config, List<Board<?>> boards) {
        Set<String> jobs = jobs(config, boards);
        LinkPolicy policy = new LinkPolicy(config.fleet(), jobs, reserved(boards), workerSocket(config));
        return policy.takesNobody() ? Optional.empty() : Optional.of(new LinkServer(Version.text(), policy));
    }

    private static HistoryVerticle history(Config config) {
        String folder = config.history().folder();
        Path path = folder.isEmpty()
                ? config.auth().folderIn(System.getenv())
                : Path.of(folder).toAbsolutePath();
        return new HistoryVerticle(config.history(), path);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static List<Collector> collectors(Executor threads) {
        return isLinux()
                ? NodeCollectors.of(new Kernel(Path.of("/")), threads, Metrics.DEADLINE_MILLISECONDS)
                : List.of();
    }

    private static boolean isLinux() {
        return PlatformEnum.getCurrentPlatform() == PlatformEnum.LINUX;
    }
}

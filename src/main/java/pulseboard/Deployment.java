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
import org.jspecify.annotations.Nullable;
import oshi.util.PlatformEnum;
import pulseboard.alert.AlertVerticle;
import pulseboard.alert.channel.Readers;
import pulseboard.auth.Access;
import pulseboard.auth.AuthConfig;
import pulseboard.auth.Role;
import pulseboard.auth.Standing;
import pulseboard.board.host.HostConfig;
import pulseboard.board.host.HostSources;
import pulseboard.board.host.HostVerticle;
import pulseboard.board.host.ProcessesVerticle;
import pulseboard.board.lab.ConsensusVerticle;
import pulseboard.board.lab.LabConfig;
import pulseboard.board.lab.LabVerticle;
import pulseboard.board.s3.S3Config;
import pulseboard.board.s3.S3Verticle;
import pulseboard.board.sync.SyncConfig;
import pulseboard.board.sync.SyncVerticle;
import pulseboard.board.uploads.UploadsVerticle;
import pulseboard.board.uploads.config.UploadsConfig;
import pulseboard.feed.DirectoryVerticle;
import pulseboard.fleet.Doorkeeper;
import pulseboard.fleet.Fleet;
import pulseboard.fleet.FleetActions;
import pulseboard.fleet.Hub;
import pulseboard.history.HistoryConfig;
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
    static final List<Board<?>> BOARDS = List.of(
            new Board<>(
                    "host", HostConfig.class, HostConfig.DEFAULT, Set.of("host", "processes"), false, Deployment::host),
            new Board<>("s3", S3Config.class, S3Config.DEFAULT, Set.of("s3"), true, Deployment::s3),
            new Board<>(
                    "uploads",
                    UploadsConfig.class,
                    UploadsConfig.DEFAULT,
                    Set.of("uploads"),
                    true,
                    Deployment::uploads),
            new Board<>("lab", LabConfig.class, LabConfig.DEFAULT, Set.of("lab", "consensus"), true, Deployment::lab),
            new Board<>("sync", SyncConfig.class, SyncConfig.DEFAULT, Set.of("sync"), true, Deployment::sync));

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

    /** The worker's: it starts engines as it was started itself, and notes their runs in its own state folder. */
    private static List<VerticleBase> s3(S3Config config) {
        Path state = AuthConfig.DEFAULT.folderIn(System.getenv());
        return List.of(new S3Verticle(config, config.folderIn(state), Worker.thisProgram()));
    }

    /** The worker's, too: rclone runs beside it, and the ledger is in its own state folder. */
    private static List<VerticleBase> uploads(UploadsConfig config) {
        Path state = AuthConfig.DEFAULT.folderIn(System.getenv());
        return List.of(new UploadsVerticle(config, config.folderIn(state)));
    }

    /** Two boards of one engine, which {@code lab} keeps running. */
    private static List<VerticleBase> lab(LabConfig config) {
        Path folder = config.folderIn(AuthConfig.DEFAULT.folderIn(System.getenv()));
        return config.enabled()
                ? List.of(new LabVerticle(config, folder, Worker.thisProgram()), new ConsensusVerticle(folder))
                : List.of();
    }

    /** The worker's, too: it coordinates, and the agents are processes of their own. */
    private static List<VerticleBase> sync(SyncConfig config) {
        Path state = AuthConfig.DEFAULT.folderIn(System.getenv());
        return config.enabled() ? List.of(new SyncVerticle(config, config.folderIn(state))) : List.of();
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
        return deploy(vertx, new Start(config, access, Stores.in(config.auth().folderIn(System.getenv()))), boards);
    }

    /** The same where the list of machines may be kept elsewhere. */
    static Future<Integer> deploy(Vertx vertx, Start start, List<Board<?>> boards) {
        Config config = start.config();
        Access access = start.access();
        WebVerticle web = new WebVerticle(config.web(), config.tls(), HOME, access);
        links(config, boards, access, start.stores()).ifPresent(web::with);
        CloudplowPort.of(config, boards).ifPresent(web::alsoAt);
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
                        ? vertx.deployVerticle(new AlertVerticle(
                                config.alerts(),
                                config.auth().folderIn(System.getenv()),
                                Joining.hostName(),
                                readers(access)))
                        : Future.succeededFuture(id))
                .compose(id -> vertx.deployVerticle(new MetricsVerticle(metrics)))
                .compose(id -> vertx.deployVerticle(web))
                .compose(id -> config.remoteWrite().isOn()
                        ? vertx.deployVerticle(
                                new RemoteWriteVerticle(config.remoteWrite(), metrics, writes, hostName()))
                        : Future.succeededFuture(id))
                .map(id -> web.port());
    }

    /** Who may know what the alerts say. */
    private static Readers readers(Access access) {
        Standing standing = new Standing(access);
        return new Readers() {
            @Override
            public boolean mayRead(String user) {
                return standing.mayRead(user, "alerts");
            }

            @Override
            public boolean hasRole(String user, String role) {
                return Role.of(role)
                        .filter(each -> standing.hasRole(user, each))
                        .isPresent();
            }
        };
    }

    /**
     * Deploys boards, jobs for a worker and others for an agent, and a link that shows them elsewhere. The result fails when
     * that cannot be done; whether the other end takes the link, the link says.
     *
     * @throws UserMistake where settings are not for this machine
     */
    static Future<LinkVerticle> deployLinked(Vertx vertx, Config config, List<Board<?>> boards, LinkTarget target) {
        Path resources = target.isWorker() ? workerSocket(config) : null;
        LinkVerticle link = new LinkVerticle(
                target,
                Version.text(),
                resources,
                board -> target.isWorker() || config.fleet().shares(board));
        return deployBoards(vertx, config, boards, target.isWorker())
                .compose(
                        id -> target.isWorker() ? Future.succeededFuture(id) : vertx.deployVerticle(memory(), worker()))
                .compose(id -> vertx.deployVerticle(link))
                .map(id -> link);
    }

    /** Where a worker serves the resources of its boards to the program. */
    private static Path workerSocket(Config config) {
        return config.work().socketIn(config.auth().folderIn(System.getenv()));
    }

    /** Those that are jobs and are configured, or those that are not jobs. */
    private static Future<String> deployBoards(Vertx vertx, Config config, List<Board<?>> boards, boolean areJobs) {
        Future<String> begun = vertx.deployVerticle(new DirectoryVerticle());
        for (Board<?> board : boards) {
            if (board.isJob() == areJobs && (!areJobs || board.isConfigured(config))) {
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
    private static Optional<LinkServer> links(Config config, List<Board<?>> boards, Access access, Stores stores) {
        Set<String> jobs = jobs(config, boards);
        LinkPolicy policy = new LinkPolicy(config.links(), jobs, reserved(boards), workerSocket(config));
        return policy.takesNobody()
                ? Optional.empty()
                : Optional.of(new LinkServer(Version.text(), policy, fleet(config, boards, access, stores)));
    }

    /** Who keeps book of other machines, where any are let in. */
    private static @Nullable Fleet fleet(Config config, List<Board<?>> boards, Access access, Stores stores) {
        if (!config.fleet().accept()) {
            return null;
        }
        Doorkeeper doorkeeper = new Doorkeeper(stores.registry(), access::update, config.fleet(), reserved(boards));
        FleetActions actions = new FleetActions(
                doorkeeper, config.tls().isOn() ? Path.of(config.tls().certificateFile()) : null);
        return new Fleet(config.fleet(), actions, access.groups()::set, new Hub(Joining.hostName(), stores.exchange()));
    }

    /** An agent knows its last 15 minutes, and keeps nothing on disk. */
    private static HistoryVerticle memory() {
        HistoryConfig nothing = new HistoryConfig("", 0, HistoryConfig.DEFAULT.maxSeries(), 0);
        return new HistoryVerticle(nothing, Path.of(""));
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

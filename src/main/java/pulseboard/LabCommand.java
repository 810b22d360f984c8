package pulseboard;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import pulseboard.auth.AuthConfig;
import pulseboard.board.lab.engine.Engine;
import pulseboard.board.lab.engine.EngineServer;
import pulseboard.board.lab.node.Node;

/** {@code pulseboard lab}: the streaming lab, and the processes that it is made of. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        subcommands = {
            LabCommand.Demo.class,
            LabBenchCommand.class,
            LabChaosCommand.class,
            LabCompareCommand.class,
            LabCommand.EngineProcess.class,
            LabCommand.NodeProcess.class
        },
        description =
                "A small store for video on storage nodes, with Paxos, players and benchmarks, to try and to learn from.")
final class LabCommand implements Runnable {

    /** Looks this often whether the process that started this one is still there. */
    private static final long LOOK_MILLISECONDS = 500;

    private static final long STOP_SECONDS = 5;

    /** So few that people can see it happen. */
    private static final int POPULAR_VIEWS = 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "lab: demo, bench, chaos or compare?");
    }

    /** One event loop: the engine and the nodes are each a world of one thread. */
    private static Vertx vertx() {
        return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(4));
    }

    /** Nobody needs it any more when the process that started it is gone. */
    private static void endWithParent(Vertx vertx) {
        long parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
        vertx.setPeriodic(LOOK_MILLISECONDS, id -> {
            long now = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
            if (now != parent) {
                new Thread(() -> System.exit(0), "end").start(); // Not on the event loop, which has to end as well.
            }
        });
    }

    /** {@code pulseboard lab demo}. */
    @Command(
            name = "demo",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description =
                    "Starts Pulseboard with the lab: five storage nodes, a clip on them, a smart and a naive player. Ctrl-C ends all of it.")
    static final class Demo implements Callable<Integer> {

        @Option(
                names = "--port",
                defaultValue = "8080",
                description = "Listen on this port of this machine; 0 takes any free one.")
        private int port;

        @Option(names = "--folder", description = "Keep everything there. Without it: lab-demo in the state folder.")
        private @Nullable Path folder;

        @Override
        public Integer call() throws IOException {
            Path home = folder == null
                    ? AuthConfig.DEFAULT.folderIn(System.getenv()).resolve("lab-demo")
                    : folder.toAbsolutePath();
            Files.createDirectories(home);
            JsonObject settings = new JsonObject()
                    .put("auth", new JsonObject().put("folder", home.toString()))
                    .put("history", new JsonObject().put("days", 0))
                    .put(
                            "lab",
                            new JsonObject()
                                    .put("enabled", true)
                                    .put("popularViews", POPULAR_VIEWS)
                                    .put("folder", home.resolve("lab").toString()));
            Path file = Files.writeString(home.resolve("demo.yaml"), settings.encode());
            int code = Main.commandLine(Deployment.BOARDS)
                    .execute("--config", file.toString(), "--host", "127.0.0.1", "--port", Integer.toString(port));
            if (code < 0) {
                System.out.println(
                        "The lab is at #/boards/lab there, and what its nodes decide at #/boards/consensus; it needs some seconds."
                                + " Ctrl-C ends all of it.");
            }
            return code;
        }
    }

    /** {@code pulseboard lab engine}. */
    @Command(name = "engine", hidden = true, description = "The engine; the board starts it.")
    static final class EngineProcess implements Callable<Integer> {

        @Parameters(paramLabel = "FOLDER", description = "Where it keeps all that it has.")
        private Path folder = Path.of("");

        @Option(names = "--nodes", defaultValue = "5", description = "How many storage nodes.")
        private int nodes;

        @Option(
                names = "--players",
                defaultValue = "",
                description = "Schedulers of the players that play from the beginning.")
        private String players = "";

        @Option(
                names = "--popular-views",
                defaultValue = "1000",
                description = "From how many on a video is kept as copies.")
        private int popularViews;

        @Override
        public Integer call() throws IOException {
            Main.configureLogging(LogConfig.DEFAULT);
            LibraryLines.limit();
            Vertx vertx = vertx();
            endWithParent(vertx);
            Engine engine = new Engine(
                    vertx,
                    new Engine.Setting(folder.resolve("nodes"), nodes, players, popularViews, Worker.thisProgram()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(engine), "stop"));
            vertx.runOnContext(begun -> new EngineServer(vertx, engine)
                    .listen(folder.resolve("engine.sock"))
                    .compose(listening -> engine.start())
                    .onFailure(failure -> {
                        System.err.println("pulseboard lab: cannot start: " + failure.getMessage());
                        new Thread(() -> System.exit(1), "end").start();
                    }));
            return -1;
        }

        /** The nodes would end by themselves, a little later. */
        private static void stop(Engine engine) {
            CountDownLatch ended = new CountDownLatch(1);
            engine.stop().onComplete(done -> ended.countDown());
            try {
                if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                    System.err.println("pulseboard lab: the nodes have not ended in time");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** {@code pulseboard lab node}. */
    @Command(name = "node", hidden = true, description = "A storage node; the engine starts it.")
    static final class NodeProcess implements Callable<Integer> {

        private static final long MEBIBYTE = 1 << 20;

        @Parameters(paramLabel = "FOLDER", description = "Where its log is; the token of the cluster is beside it.")
        private Path folder = Path.of("");

        @Option(names = "--mebibytes", defaultValue = "400", description = "How long its log may become.")
        private int mebibytes;

        @Option(names = "--id", description = "Its name; without it, the folder's.")
        private @Nullable String id;

        @Override
        public Integer call() throws IOException {
            Main.configureLogging(LogConfig.DEFAULT);
            LibraryLines.limit();
            Path home = folder.toAbsolutePath();
            String name = id == null ? String.valueOf(home.getFileName()) : id;
            String token = Files.readString(home.resolveSibling("token")).strip();
            Vertx vertx = vertx();
            endWithParent(vertx);
            Node node = new Node(vertx, new Node.Setting(name, home, token, mebibytes * MEBIBYTE));
            vertx.runOnContext(begun -> node.listen()
                    .onSuccess(port -> tell(home, port))
                    .onFailure(failure -> {
                        System.err.println("pulseboard lab node: cannot listen: " + failure.getMessage());
                        new Thread(() -> System.exit(1), "end").start();
                    }));
            return -1;
        }

        private static void tell(Path folder, int port) {
            try {
                Path written = Files.writeString(folder.resolve("port.new"), Integer.toString(port));
                Files.move(written, folder.resolve("port"), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                System.err.println("pulseboard lab node: nobody can find it: " + e);
            }
        }
    }
}

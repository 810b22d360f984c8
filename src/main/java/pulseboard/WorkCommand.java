package pulseboard;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import pulseboard.link.LinkTarget;
import pulseboard.link.LinkVerticle;

/** {@code pulseboard work}: the process in which jobs run, beside the one that shows them. */
@Command(
        name = "work",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Runs the jobs that are in the settings, and shows them on this machine's Pulseboard.",
            "In a terminal Pulseboard starts it by itself when there is a job; as a service it runs by its own unit, as the"
                    + " user whose files it moves."
        })
final class WorkCommand implements Callable<Integer> {

    private static final long LOOK_MILLISECONDS = 1_000;

    /** A worker that was started by a Pulseboard which is gone ends after this. */
    private static final long ALONE_MILLISECONDS = TimeUnit.SECONDS.toMillis(60);

    private final List<Board<?>> boards;

    @Option(names = "--config", paramLabel = "FILE", description = "Read settings from this YAML file.")
    private @Nullable Path file;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where this machine's Pulseboard is. Without it, where the settings say.")
    private @Nullable String url;

    @Option(names = "--child", hidden = true, description = "A Pulseboard started it: without one it ends.")
    private boolean isChild;

    WorkCommand(List<Board<?>> boards) {
        this.boards = boards;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Config config = Settings.ofThisMachine(file, boards).toConfig();
        Set<String> jobs = Deployment.jobs(config, boards);
        if (jobs.isEmpty()) {
            System.out.println("pulseboard work: there is no job in the settings, so there is nothing to do");
            return 0;
        }
        Main.configureLogging(LogConfig.DEFAULT); // The folder is that of the program beside it, which writes there.
        LibraryLines.limit();
        LinkTarget target = target(config);
        Vertx vertx = Running.begin(() -> {});
        Deployment.deployLinked(vertx, config, boards, target)
                .onSuccess(link -> endWhenAlone(vertx, link))
                .onFailure(failure -> {
                    System.err.println("pulseboard work: cannot start: " + failure);
                    end(1);
                });
        return -1; // The link is tried for ever: the other end may start later.
    }

    private LinkTarget target(Config config) throws IOException {
        try {
            return LinkTarget.of(
                            address(config),
                            WorkToken.existing(config.auth().folderIn(System.getenv())),
                            config.tls().isOn() ? Path.of(config.tls().certificateFile()) : null,
                            true)
                    .asWorker();
        } catch (IllegalArgumentException e) {
            throw new UserMistake("work: " + e.getMessage());
        }
    }

    private String address(Config config) {
        return url != null
                ? url
                : config.localAddress()
                        .orElseThrow(
                                () -> new UserMistake("web.port is 0, any free port: say where it is, with --url"));
    }

    private void endWhenAlone(Vertx vertx, LinkVerticle link) {
        if (isChild) {
            vertx.setPeriodic(LOOK_MILLISECONDS, id -> endIfAlone(link));
        }
    }

    private static void endIfAlone(LinkVerticle link) {
        if (link.unlinkedMilliseconds() > ALONE_MILLISECONDS) {
            end(0);
        }
    }

    /** Not on the event loop, which has to end as well. */
    private static void end(int code) {
        new Thread(() -> System.exit(code), "end").start();
    }
}

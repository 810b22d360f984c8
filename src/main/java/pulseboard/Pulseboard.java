package pulseboard;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import oshi.spi.SystemInfoFactory;
import oshi.spi.SystemInfoProvider;
import oshi.util.PlatformEnum;
import pulseboard.auth.Access;
import pulseboard.history.HistoryVerticle;
import pulseboard.host.HostConfig;
import pulseboard.host.HostSources;
import pulseboard.host.HostVerticle;
import pulseboard.host.ProcessesVerticle;
import pulseboard.host.linux.LinuxSources;
import pulseboard.host.oshi.OshiSources;
import pulseboard.web.WebVerticle;

/** The list of boards, and the order in which everything starts. */
final class Pulseboard {

    private static final List<String> BOARDS = List.of("host", "processes");

    /** Their numbers are kept; those of processes would be too many, so the busiest of each minute are. */
    private static final List<String> KEPT_BOARDS = List.of("host");

    private Pulseboard() {}

    /** Deploys everything; the web side comes last, when there is something to see. Returns the port it listens on. */
    static Future<Integer> deploy(Vertx vertx, Config config, Access access) {
        HostSources sources = sources(config.host());
        WebVerticle web = new WebVerticle(config.web(), config.tls(), BOARDS, access);
        DeploymentOptions worker = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
        return vertx.deployVerticle(new HostVerticle(config.host(), sources), worker)
                .compose(id -> vertx.deployVerticle(new ProcessesVerticle(config.host(), sources), worker))
                .compose(id -> vertx.deployVerticle(
                        history(config),
                        new DeploymentOptions(worker)
                                .setWorkerPoolName("history")
                                .setWorkerPoolSize(1)))
                .compose(id -> vertx.deployVerticle(web))
                .map(id -> web.port());
    }

    private static HistoryVerticle history(Config config) {
        String folder = config.history().folder();
        Path path = folder.isEmpty()
                ? config.auth().folderIn(System.getenv())
                : Path.of(folder).toAbsolutePath();
        return new HistoryVerticle(config.history(), path, KEPT_BOARDS);
    }

    private static HostSources sources(HostConfig config) {
        if (PlatformEnum.getCurrentPlatform() == PlatformEnum.LINUX) {
            // Without native code: it tells the same facts and saves memory and start-up time.
            return new LinuxSources(new oshi.nativefree.SystemInfo(), config, Version.text());
        }
        SystemInfoProvider oshi = SystemInfoFactory.create();
        return new OshiSources(oshi, config, Version.text());
    }
}

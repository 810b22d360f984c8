package pulseboard;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import pulseboard.auth.AuthConfig;
import pulseboard.board.uploads.cloudplow.Import;
import pulseboard.board.uploads.config.UploadsConfig;
import pulseboard.board.uploads.engine.UsedQuotas;

/** {@code pulseboard uploads}: what has to do with uploads and is no job. */
@Command(
        name = "uploads",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        subcommands = UploadsCommand.ImportCommand.class,
        description = "Takes over from Cloudplow.")
final class UploadsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "uploads: import?");
    }

    /** {@code pulseboard uploads import}. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            usageHelpAutoWidth = true,
            description = {
                "Reads Cloudplow's config.json and prints settings in YAML that do the same.",
                "What could not be taken over is told on standard error, a line each."
            })
    static final class ImportCommand implements Callable<Integer> {

        @Parameters(paramLabel = "FILE", description = "Cloudplow's config.json.")
        @SuppressWarnings("NullAway.Init") // Set by picocli.
        private Path file;

        @Option(
                names = "--quotas",
                paramLabel = "FILE",
                description = "Cloudplow's sa_quota_cache.json: what its accounts have used counts here, too.")
        private @Nullable Path quotas;

        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "The settings that the import has made, with which the used quotas are noted.")
        private @Nullable Path settings;

        @Override
        public Integer call() throws IOException {
            Import.Result result = Import.of(read(file));
            System.out.print(result.yaml());
            result.left().forEach(line -> System.err.println("not taken over: " + line));
            if (quotas != null) {
                noteQuotas(read(quotas));
            }
            return 0;
        }

        private void noteQuotas(JsonObject cache) throws IOException {
            if (settings == null) {
                throw new UserMistake("uploads import: --quotas needs the settings it is for: --config FILE");
            }
            UploadsConfig uploads = Settings.ofThisMachine(settings, Deployment.BOARDS)
                    .toConfig()
                    .board("uploads", UploadsConfig.class);
            Path folder = uploads.folderIn(AuthConfig.DEFAULT.folderIn(System.getenv()));
            UsedQuotas used = new UsedQuotas(uploads, folder);
            if (used.isLate()) {
                throw new UserMistake(
                        "uploads import: " + folder + " has a ledger already; correct what is used of an account by its"
                                + " action adjust-account");
            }
            int count = used.note(cache, System.currentTimeMillis());
            System.err.println("noted what " + count + " accounts have used");
        }

        private static JsonObject read(Path file) throws IOException {
            try {
                return new JsonObject(Files.readString(file));
            } catch (DecodeException e) {
                throw new UserMistake("uploads import: " + file + " is not JSON");
            }
        }
    }
}

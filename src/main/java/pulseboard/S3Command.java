package pulseboard;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
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
import pulseboard.board.s3.JobConfig;
import pulseboard.board.s3.S3Config;
import pulseboard.board.s3.engine.EngineSocket;
import pulseboard.board.s3.engine.JobRun;
import pulseboard.board.s3.engine.PlainLine;
import pulseboard.board.s3.engine.RunOptions;
import pulseboard.engine.Timetable;

/** {@code pulseboard s3}: the engine that copies folders to S3-compatible storage. */
@Command(
        name = "s3",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        subcommands = S3Command.Run.class,
        description = "Copies folders to S3-compatible storage.")
final class S3Command implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "s3: run?");
    }

    /** {@code pulseboard s3 run}. */
    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            usageHelpAutoWidth = true,
            description = {
                "Sends what is new or changed in the folder of a job to its bucket, and makes sure that it arrived.",
                "Deletes nothing unless the job says so. Told to stop (Ctrl-C), it ends soon, and the next run goes on."
            },
            footer = {
                "",
                "Exit code: 0 all files are in the bucket and verified, 1 it could not be done, 2 a mistake in arguments or",
                "settings, 3 some files are not in the bucket as here, 4 it was stopped."
            })
    static final class Run implements Callable<Integer> {

        private static final long STOP_SECONDS = 20;

        @Parameters(paramLabel = "JOB", arity = "0..1", description = "The name of the job (s3.jobs).")
        private String job = "";

        @Option(names = "--source", paramLabel = "DIR", description = "Without a job: the folder.")
        private String source = "";

        @Option(names = "--bucket", paramLabel = "NAME", description = "Without a job: the bucket.")
        private String bucket = "";

        @Option(names = "--prefix", paramLabel = "TEXT", description = "Without a job: what keys begin with.")
        private String prefix = "";

        @Option(
                names = "--endpoint",
                paramLabel = "URL",
                description = "Without a job: the server; Amazon's if there is none.")
        private String endpoint = "";

        @Option(names = "--config", paramLabel = "FILE", description = "Read settings from this YAML file.")
        private @Nullable Path file;

        @Option(
                names = "--dry-run",
                description = "Change nothing; print what would be sent and deleted, one JSON object a line.")
        private boolean isDryRun;

        @Option(names = "--full", description = "Trust nothing that is known of earlier runs; compare contents.")
        private boolean isFull;

        @Option(names = "--retry-failed", description = "Look only at what failed in the last run. Deletes nothing.")
        private boolean isOnlyFailed;

        @Option(
                names = "--verify",
                paramLabel = "HOW",
                description = "inline, head, read, or sample:N (each N-th is read), instead of the job's.")
        private String verify = "";

        @Option(
                names = "--confirm-deletions",
                paramLabel = "COUNT",
                description = "Delete up to so many objects without asking (where the job deletes at all).")
        private long deletions = -1;

        @Option(
                names = "--limit",
                paramLabel = "RATE",
                description = "Send so many bytes a second at most, such as 500k or 10M, instead of the job's limit.")
        private String limit = "";

        @Option(
                names = "--display",
                paramLabel = "HOW",
                description = "rich: the whole terminal; plain: a line; none; auto (default): what the terminal can.")
        private String display = "auto";

        @Option(names = "--json", description = "Print the state, and then what changes of it, one JSON object a line.")
        private boolean isJson;

        @Option(names = "--socket", hidden = true, description = "A board started it, and follows it there.")
        private @Nullable Path socket;

        @Override
        public Integer call() throws IOException, InterruptedException {
            Config config = Settings.ofThisMachineIfReadable(file).toConfig();
            S3Config settings = settings(config.board("s3", S3Config.class));
            if (!JobConfig.isVerification(verify) && !verify.isEmpty()) {
                throw new UserMistake("s3: --verify must be inline, head, read or sample:N, not " + verify);
            }
            Main.configureLogging(LogConfig.DEFAULT);
            LibraryLines.limit();
            RunOptions options = new RunOptions(isDryRun, isFull, verify, deletions, isOnlyFailed);
            Path folder = settings.folderIn(config.auth().folderIn(System.getenv()));
            JobRun run = new JobRun(job, settings, folder, options);
            if (!limit.isEmpty()) {
                run.obey(new JsonObject().put("command", "limit").put("bytesPerSecond", rate()));
            }
            return run(run);
        }

        /** With the job of the settings, or the one that the arguments describe. */
        private S3Config settings(S3Config settings) {
            boolean isDescribed = !source.isEmpty() || !bucket.isEmpty();
            if (job.isEmpty() != isDescribed || source.isEmpty() != bucket.isEmpty()) {
                throw new UserMistake(
                        "s3: name a job of the settings, or a folder and a bucket: --source DIR --bucket NAME");
            }
            if (isDescribed) {
                return described(settings);
            }
            if (!settings.jobs().containsKey(job)) {
                throw new UserMistake("s3: there is no job " + job + " in the settings; those there are: "
                        + (settings.jobs().isEmpty()
                                ? "none"
                                : String.join(", ", settings.jobs().keySet())));
            }
            return settings;
        }

        /** What is known of a folder and a bucket from run to run is kept under a name made of them. */
        private S3Config described(S3Config settings) {
            JobConfig own = JobConfig.of(Path.of(source).toAbsolutePath().toString(), bucket, prefix, endpoint);
            byte[] what =
                    String.join("\n", own.source(), bucket, prefix, endpoint).getBytes(StandardCharsets.UTF_8);
            job = "args-" + UUID.nameUUIDFromBytes(what).toString().substring(0, 13);
            try {
                return settings.with(job, own);
            } catch (IllegalArgumentException e) {
                throw new UserMistake("s3: " + String.valueOf(e.getMessage()).replace("s3.jobs." + job + ".", "--"));
            }
        }

        /** The plan of a dry run is text of its own. */
        private String how() {
            if (!List.of("auto", "rich", "plain", "none").contains(display)) {
                throw new UserMistake("s3: --display must be auto, rich, plain or none, not " + display);
            }
            return isJson ? "json" : isDryRun && display.equals("auto") ? "plain" : display;
        }

        private long rate() {
            try {
                return Timetable.amount(limit);
            } catch (IllegalArgumentException e) {
                throw new UserMistake("s3: --limit must be " + e.getMessage());
            }
        }

        private int run(JobRun run) throws IOException, InterruptedException {
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            CountDownLatch ended = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(run, ended), "stop"));
            EngineSocket told = socket == null ? null : new EngineSocket(run);
            if (told != null && socket != null) {
                told.listen(socket);
            }
            if (isDryRun) {
                run.onPlanned(entry -> out.println(PlainLine.json(entry)));
            }
            S3Display shown = S3Display.of(told == null ? how() : "none", job, run, out);
            try {
                int code = run.run(state -> {
                    if (told != null) {
                        told.tell(state);
                    }
                    shown.show(state);
                });
                shown.close();
                if (told != null) {
                    told.close();
                } else {
                    System.err.println(PlainLine.summary(run.state()));
                }
                return code;
            } finally {
                ended.countDown(); // Whatever became of it, nobody is to wait for it.
            }
        }

        /** Signals end a process with their own code; this one has words and a code for having been stopped. */
        private static void stop(JobRun run, CountDownLatch ended) {
            if (ended.getCount() == 0) {
                return;
            }
            run.stop();
            try {
                if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                    System.err.println("pulseboard: s3: did not stop in time; the next run goes on all the same");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(JobRun.STOPPED);
        }
    }
}

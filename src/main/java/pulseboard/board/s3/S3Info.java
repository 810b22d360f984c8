package pulseboard.board.s3;

import java.util.List;
import java.util.stream.Stream;
import pulseboard.feed.ActionInfo;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.KeptNumbers;
import pulseboard.feed.MetricInfo;
import pulseboard.feed.Parameter;
import pulseboard.feed.RuleInfo;

/** What the board {@code s3} says of itself. */
final class S3Info {

    private static final int MOST_SERIES = 160;
    private static final double SECONDS = 0.001;

    /** When a job is not well. */
    static final List<RuleInfo> RULES = List.of(
            RuleInfo.of(
                            "s3-run-failed",
                            "jobs.*.lastOutcome",
                            "the last run of the S3 job {{key}} has ended: {{value}}")
                    .alarms("in [failed, lost]")
                    .helps(
                            "The job's card on the board s3 says why; docs/boards/s3.md has what to do about each error."),
            RuleInfo.of(
                            "s3-verification-failed",
                            "jobs.*.verification.failed",
                            "{{value}} requests of the S3 job {{key}} arrived damaged")
                    .warns("above 0")
                    .helps(
                            "They were sent again. Something on the way to the server, or the server, damages what it gets."),
            RuleInfo.of("s3-waits", "jobs.*.phase", "the S3 job {{key}} waits for somebody to confirm a deletion")
                    .warns("is waiting for 5m")
                    .helps("The job's card on the board s3 has the question."),
            RuleInfo.of("s3-overdue", "jobs.*.overdueSince", "the S3 job {{key}} has not come to its end for too long")
                    .warns("present")
                    .helps("See mustSucceedHours of the job, and why its last runs failed."));

    /** Of each job's last run. */
    static final List<MetricInfo> METRICS = List.of(
            metric("failed", "Whether it failed (1).", "phase").whenIs("failed"),
            metric("started_timestamp_seconds", "When it began.", "run.startedAt")
                    .times(SECONDS),
            metric("ended_timestamp_seconds", "When it ended.", "run.endedAt").times(SECONDS),
            metric("files_uploaded", "Files that were sent and verified.", "files.uploaded"),
            metric("files_failed", "Files that are not in the bucket as they are here.", "files.failed"),
            metric("bytes_done", "Bytes of files that were sent and verified.", "bytes.done"),
            metric("bytes_per_second", "How fast it goes.", "rates.bytesPerSecond"),
            MetricInfo.of(
                            "pulseboard_s3_last_success_timestamp_seconds",
                            "When a run was done last.",
                            "jobs.*.lastSuccessAt",
                            "job")
                    .times(SECONDS),
            total("files", "Files by what became of them, in all runs.", "files.*", "result"),
            total("bytes", "Bytes of files that were sent and verified, in all runs.", "bytes"),
            total("requests", "Requests of all runs by what was answered.", "requests.*.*", "operation", "code"),
            total("retries", "Requests of all runs that were repeated.", "retried"),
            MetricInfo.of(
                            "pulseboard_s3_request_duration_seconds",
                            "How long requests took, with their bodies.",
                            "jobs.*.requests.times.*",
                            "job",
                            "operation")
                    .histogram());

    private static final ActionInfo START = of("Starts a run of a job")
            .takes("dryRun", Parameter.Type.BOOLEAN, false, "Change nothing, and tell what would be changed")
            .takes("full", Parameter.Type.BOOLEAN, false, "Trust nothing that is known of earlier runs")
            .takes("verify", Parameter.Type.STRING, false, "inline, head, read or sample:N, instead of the job's");

    private static final ActionInfo LIMIT = of("Limits how fast a job sends, instead of what the settings say")
            .takes("bytesPerSecond", Parameter.Type.INTEGER, false, "0: no limit; missing: as the settings say")
            .takes("forSeconds", Parameter.Type.INTEGER, false, "For so long; missing: to the end of the run");

    private static final ActionInfo CONFIRM = of("Answers the question of a job that waits")
            .takes("question", Parameter.Type.STRING, true, "Its id, such as delete-1234")
            .takes("answer", Parameter.Type.BOOLEAN, true, "Whether it may");

    /** Without what depends on settings. */
    static final BoardInfo INFO = BoardInfo.of("s3", "S3")
            .keeping(KeptNumbers.of(
                            "jobs.*.rates.bytesPerSecond",
                            "jobs.*.rates.filesPerSecond",
                            "jobs.*.bytes.done",
                            "jobs.*.files.failed",
                            "jobs.*.workers.target")
                    .atMost(MOST_SERIES))
            .judgedBy(RULES)
            .measuredBy(METRICS)
            .action("start", START)
            .action("retry-failed", of("Runs again only what failed in the last run of a job"))
            .action("stop", of("Stops the run of a job; the next run goes on"))
            .action("pause", of("Begins nothing more until it is resumed"))
            .action("resume", of("Goes on after a pause"))
            .action("limit", LIMIT)
            .action(
                    "workers",
                    of("Chooses how many requests are under way at once")
                            .takes("count", Parameter.Type.INTEGER, false, "Missing: as many as are good"))
            .action("confirm", CONFIRM)
            .resource(RunLists.RUNS)
            .resource(RunLists.RUNS_CSV)
            .resource(RunLists.RUNS_LINES)
            .resource(RunLists.RUN)
            .resource(RunLists.LIST);

    private S3Info() {}

    private static ActionInfo of(String description) {
        return ActionInfo.of(description).takes("job", Parameter.Type.STRING, true, "The name of the job");
    }

    private static MetricInfo metric(String name, String help, String path) {
        return MetricInfo.of("pulseboard_s3_run_" + name, help, "jobs.*." + path, "job");
    }

    private static MetricInfo total(String name, String help, String path, String... labels) {
        String[] all = Stream.concat(Stream.of("job"), Stream.of(labels)).toArray(String[]::new);
        return MetricInfo.of("pulseboard_s3_" + name + "_total", help, "jobs.*.totals." + path, all);
    }
}

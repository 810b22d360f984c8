package pulseboard;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.engine.JobRun;
import pulseboard.board.s3.engine.PlainLine;
import pulseboard.feed.MergePatch;
import pulseboard.top.Screen;

/** How a run of the S3 engine is shown to whoever started it. */
interface S3Display {

    /** Each state of the run, on any thread. */
    void show(JsonObject state);

    /** Nothing more comes; what was changed of the terminal is put back. */
    default void close() {}

    /**
     * One of {@code auto}, {@code rich}, {@code plain}, {@code json} and {@code none}.
     *
     * @param out where JSON goes
     */
    static S3Display of(String how, String job, JobRun run, PrintStream out) throws IOException {
        return switch (how) {
            case "none" -> state -> {};
            case "json" -> new Patches(out);
            case "plain" -> new Plain(job);
            default -> onTerminal(how.equals("rich") || Plain.isTerminal(), job, run);
        };
    }

    private static S3Display onTerminal(boolean isWanted, String job, JobRun run) throws IOException {
        Screen screen = isWanted ? Screen.open(System.getenv("NO_COLOR") == null) : null;
        return screen == null ? new Plain(job) : new Rich(job, run, screen);
    }

    /** A line that is written anew where there is a terminal, else one now and then. On standard error. */
    final class Plain implements S3Display {

        private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(5);

        private final String job;
        private long printedNanos = System.nanoTime() - LINE_NANOS;
        private int printedLength;

        Plain(String job) {
            this.job = job;
        }

        @SuppressWarnings("SystemConsoleNull") // From Java 22 on there is always one; then TERM alone tells.
        private static boolean isTerminal() {
            return System.console() != null && System.getenv("TERM") != null;
        }

        @Override
        public synchronized void show(JsonObject state) {
            String line = job + ": " + PlainLine.of(state);
            if (isTerminal()) {
                System.err.print("\r" + line + " ".repeat(Math.max(0, printedLength - line.length())));
                printedLength = line.length();
            } else if (System.nanoTime() - printedNanos >= LINE_NANOS) {
                printedNanos = System.nanoTime();
                System.err.println(line);
            }
        }

        @Override
        public void close() {
            if (isTerminal()) {
                System.err.print("\r\033[K");
            }
        }
    }

    /** The whole state, and then what changes of it (RFC 7396), an object a line. */
    final class Patches implements S3Display {

        private final PrintStream out;
        private JsonObject last = new JsonObject();

        Patches(PrintStream out) {
            this.out = out;
        }

        @Override
        public synchronized void show(JsonObject state) {
            JsonObject patch = MergePatch.diff(last, state);
            if (!patch.isEmpty()) {
                out.println(PlainLine.json(patch));
            }
            last = state;
        }
    }

    /** The whole terminal, four times a second at most, with keys. */
    final class Rich implements S3Display {

        private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
        private static final long[] LIMITS = {0, 50_000_000, 20_000_000, 10_000_000, 5_000_000, 2_000_000, 1_000_000};

        private final String job;
        private final JobRun run;
        private final Screen screen;
        private long drawnNanos = System.nanoTime() - PAUSE_NANOS;
        private @Nullable JsonObject last;
        private String said = "";
        private int limit;

        Rich(String job, JobRun run, Screen screen) {
            this.job = job;
            this.run = run;
            this.screen = screen;
            screen.onResize(this::draw);
            screen.onKey(this::key);
        }

        @Override
        public synchronized void show(JsonObject state) {
            last = state;
            if (System.nanoTime() - drawnNanos >= PAUSE_NANOS
                    || state.getJsonObject("run").containsKey("endedAt")) {
                draw();
            }
        }

        private synchronized void draw() {
            if (last != null) {
                drawnNanos = System.nanoTime();
                JsonObject state = last;
                screen.draw((columns, rows) ->
                        new S3Dashboard(job, columns, rows).lines(state, System.currentTimeMillis(), said));
            }
        }

        private synchronized void key(int key) {
            boolean isSure = said.startsWith("Stop");
            said = "";
            switch (key) {
                case 'q' -> stopIf(isSure);
                case 3 -> run.stop(); // Ctrl-C, where the terminal makes no signal of it.
                case 'p' -> tell(new JsonObject().put("command", isPaused() ? "resume" : "pause"));
                case '+', '-' -> workers(key == '+' ? 1 : -1);
                case 'l' -> {
                    limit = (limit + 1) % LIMITS.length;
                    tell(new JsonObject().put("command", "limit").put("bytesPerSecond", LIMITS[limit]));
                }
                default -> {}
            }
            draw();
        }

        private void stopIf(boolean isSure) {
            if (isSure) {
                run.stop();
            } else {
                said = "Stop? q again stops, and the next run goes on; any other key leaves it running.";
            }
        }

        private boolean isPaused() {
            return last != null && last.getString("phase", "").equals("paused");
        }

        private void workers(int more) {
            JsonObject now = last == null ? new JsonObject() : last.getJsonObject("workers", new JsonObject());
            int count = Math.max(1, Math.min(now.getInteger("max", 1), now.getInteger("target", 1) + more));
            tell(new JsonObject().put("command", "workers").put("count", count));
        }

        private void tell(JsonObject command) {
            run.obey(command);
            last = run.state();
        }

        @Override
        public void close() {
            screen.close();
        }
    }
}

package pulseboard.top;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jspecify.annotations.Nullable;

/** {@code pulseboard top}: shows a Pulseboard in the terminal until somebody has seen enough. */
public final class Top {

    /** The boards beside the host's that have a view here. */
    public static final List<String> BOARDS = List.of("uploads");

    private static final int ONCE_WITHIN_SECONDS = 10;

    private final Server server;
    private final TopOptions options;
    private final PrintStream errors;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "top");
        made.setDaemon(true);
        return made;
    });
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private boolean wasLive;

    private Top(Server server, TopOptions options, PrintStream errors) {
        this.server = server;
        this.options = options;
        this.errors = errors;
    }

    /**
     * Runs until the end and returns the exit code: 1 when the server would not have us, or has nothing to show in time.
     *
     * @throws IllegalArgumentException when the address is none
     * @throws IOException when the certificates cannot be read
     */
    public static int run(TopOptions options, PrintStream errors) throws IOException {
        Server server = Server.at(
                options.address(),
                options.token(),
                options.machine(),
                options.caFile() == null ? null : TlsTrust.in(options.caFile()));
        if (options.token() != null && server.isOpenToOthers()) {
            errors.println("pulseboard: by plain HTTP the token can be read on the way");
        }
        Top top = new Top(server, options, errors);
        Screen screen = options.wantsLines() || !hasTerminal() ? null : Screen.open(!hasNoColour());
        if (screen == null) {
            top.print();
        } else {
            top.show(screen);
        }
        try (screen) {
            return top.end.join();
        }
    }

    private static boolean hasTerminal() {
        String type = System.getenv().getOrDefault("TERM", "");
        return !type.isEmpty() && !type.equals("dumb");
    }

    /** See <a href="https://no-color.org">NO_COLOR</a>. */
    private static boolean hasNoColour() {
        return !System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
    }

    private void show(Screen screen) {
        boolean hasBlocks = Screen.nativeCharset().name().startsWith("UTF");
        View view = isOfHost()
                ? new Panels(hasBlocks, new Keyboard())
                : new UploadsView(new Gauge(hasBlocks), options.job());
        FeedClient[] client = new FeedClient[1];
        Runnable draw = safely(() -> {
            ServerState state = client[0].state();
            if (!isOver(client[0], state, screen)) {
                Size size = screen.size();
                screen.draw(view.draw(state, size.getColumns(), size.getRows(), System.currentTimeMillis()));
            }
        });
        client[0] = new FeedClient(server, thread, boards(true), draw);
        screen.onResize(() -> thread.execute(draw));
        screen.onKey(key -> thread.execute(() -> press(key, view, draw)));
        thread.execute(() -> {
            draw.run();
            client[0].start();
        });
        each(1, () -> {
            view.remember(client[0].state());
            draw.run();
        });
    }

    private boolean isOfHost() {
        return options.board().isEmpty();
    }

    private List<String> boards(boolean withProcesses) {
        return isOfHost() ? FeedClient.host(withProcesses) : List.of(options.board());
    }

    /** The first time soon: the figures are there within a second or not so soon. */
    private void each(int seconds, Runnable job) {
        int first = Math.min(seconds, options.isOnce() ? seconds : 1);
        Future<?> unused = thread.scheduleAtFixedRate(safely(job), first, seconds, TimeUnit.SECONDS);
    }

    /** A mistake of ours must not leave a screen that stands still. */
    private Runnable safely(Runnable job) {
        return () -> {
            try {
                job.run();
            } catch (RuntimeException mistake) {
                end.completeExceptionally(mistake);
            }
        };
    }

    private void press(int key, View view, Runnable draw) {
        if (view.press(key)) {
            end.complete(0);
        } else {
            draw.run();
        }
    }

    /** Who is refused at the start would only see why, again and again. */
    private boolean isOver(FeedClient client, ServerState state, @Nullable Screen screen) {
        wasLive |= state.isLive();
        String refusal = client.refusal();
        if (refusal != null && !wasLive) {
            fail(refusal, screen);
        }
        return end.isDone();
    }

    private void fail(String why, @Nullable Screen screen) {
        if (!end.isDone()) {
            if (screen != null) {
                screen.close();
            }
            errors.println("pulseboard: " + Sanitizer.of(server.base() + ": " + why));
            end.complete(1);
        }
    }

    private void print() {
        Printout printout = isOfHost()
                ? new Printout(options.isJson())
                : new Printout(
                        options.isJson(), options.board(), state -> UploadsView.text(state.host(), options.job()));
        FeedClient[] client = new FeedClient[1];
        Runnable once = safely(() -> {
            ServerState state = client[0].state();
            if (isOver(client[0], state, null) || !options.isOnce()) {
                return;
            }
            if (client[0].hasFailed() || client[0].health().isOffline()) {
                fail(state.trouble(), null);
            } else if (state.isLive() && client[0].isComplete()) {
                printout.print(state, System.currentTimeMillis());
                end.complete(0);
            }
        });
        client[0] = new FeedClient(server, thread, boards(false), once);
        thread.execute(client[0]::start);
        if (options.isOnce()) {
            each(ONCE_WITHIN_SECONDS, () -> fail(client[0].state().trouble(), null));
        } else {
            Runnable line = () -> {
                ServerState state = client[0].state();
                if (!isOver(client[0], state, null) && !printout.print(state, System.currentTimeMillis())) {
                    end.complete(0);
                }
            };
            each(options.intervalSeconds(), line);
        }
    }
}

package pulseboard.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How full filesystems are. Each is asked on a thread of its own, because a network mount whose server is gone may block for
 * ever: that one alone is unavailable, and is not asked again before it has answered. Used by one thread at a time.
 */
public final class FilesystemProbe {

    /** Asks one filesystem for its fill; may block for as long as it does not answer. */
    @FunctionalInterface
    public interface Usage {
        /** Asks now. */
        FilesystemReading read(Mount mount) throws IOException;
    }

    /**
     * What one filesystem answered.
     *
     * @param reading its fill, null when there is none
     * @param reason why there is none, for people
     */
    public record Answer(@Nullable FilesystemReading reading, String reason) {}

    private static final long IDLE_TIMES = 3;

    private final Usage usage;
    private final Executor threads;
    private final long deadlineMilliseconds;
    private final LongSupplier nanoClock;
    private final Map<Mount, CompletableFuture<FilesystemReading>> underWay = new HashMap<>();
    private final Map<Mount, Kept> kept = new HashMap<>();

    /** An answer that stands in for asking until then. */
    private record Kept(Answer answer, long untilNanos) {}

    /**
     * Asks on these threads.
     *
     * @param deadlineMilliseconds how long all of them together may take
     */
    public FilesystemProbe(Usage usage, Executor threads, long deadlineMilliseconds) {
        this(usage, threads, deadlineMilliseconds, System::nanoTime);
    }

    FilesystemProbe(Usage usage, Executor threads, long deadlineMilliseconds, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.usage = usage;
        this.threads = threads;
        this.deadlineMilliseconds = deadlineMilliseconds;
    }

    /**
     * Asks all of these, and forgets others. Asking counts as use: one that an automounter unmounts after some time without
     * use is asked only after three times that time, so that it can go meanwhile. The host board and
     * {@code /metrics} both ask: somewhere between the questions of both there is still half as long again as that time.
     */
    public Map<Mount, Answer> read(Collection<Mount> mounted) {
        underWay.keySet().retainAll(mounted);
        kept.keySet().retainAll(mounted);
        long now = nanoClock.getAsLong();
        kept.values().removeIf(answer -> answer.untilNanos() - now <= 0);
        for (Mount mount : mounted) {
            if (!kept.containsKey(mount)) {
                underWay.computeIfAbsent(mount, this::ask);
            }
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(deadlineMilliseconds);
        Map<Mount, Answer> answers = new LinkedHashMap<>();
        kept.forEach((mount, answer) -> answers.put(mount, answer.answer()));
        new ArrayList<>(underWay.entrySet())
                .forEach(each -> answers.put(each.getKey(), answer(each.getKey(), each.getValue(), deadline)));
        return answers;
    }

    private CompletableFuture<FilesystemReading> ask(Mount mount) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return usage.read(mount);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                threads);
    }

    private Answer answer(Mount mount, CompletableFuture<FilesystemReading> asked, long deadlineNanos) {
        try {
            FilesystemReading fill = asked.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            underWay.remove(mount);
            Answer answer = new Answer(fill, "");
            if (mount.idleSeconds() > 0) {
                kept.put(
                        mount,
                        new Kept(
                                answer,
                                nanoClock.getAsLong() + TimeUnit.SECONDS.toNanos(IDLE_TIMES * mount.idleSeconds())));
            }
            return answer;
        } catch (TimeoutException e) {
            return new Answer(null, "no answer within " + deadlineMilliseconds + " ms");
        } catch (ExecutionException e) {
            underWay.remove(mount);
            return new Answer(null, reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(null, "interrupted");
        }
    }

    private static String reason(ExecutionException e) {
        Throwable cause = e.getCause();
        return cause == null || cause.getCause() == null
                ? String.valueOf(cause)
                : String.valueOf(cause.getCause().getMessage());
    }
}

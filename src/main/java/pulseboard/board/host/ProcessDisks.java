package pulseboard.board.host;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import pulseboard.board.host.CounterDeltas.Interval;
import pulseboard.machine.ProcessDisk;
import pulseboard.machine.ProcessReading;

/** What each process reads from disks and writes to them, as far as this program may see it. Not thread-safe. */
final class ProcessDisks {

    private final CounterDeltas<Map<Long, Counted>> intervals;

    /** Those that must not be seen are asked once: to be refused costs more than an answer. */
    private Map<Long, Counted> refused = new HashMap<>();

    private Map<Long, Counted> now = new HashMap<>();
    private @Nullable Interval<Map<Long, Counted>> interval;

    /** Of one process, which began then; the reason where it must not be seen. */
    private record Counted(long startedAt, @Nullable ProcessDisk disk, String reason) {}

    ProcessDisks(LongSupplier nanoClock) {
        this.intervals = new CounterDeltas<>(nanoClock);
    }

    /** Asks for the counters of all of these. */
    void read(Collection<ProcessReading> processes) {
        Map<Long, Counted> counted = new HashMap<>();
        Map<Long, Counted> refusedNow = new HashMap<>();
        intervals.begin();
        for (ProcessReading process : processes) {
            Counted before = refused.get(process.pid());
            Counted one = before != null && before.startedAt() == process.startedAt() ? before : ask(process);
            (one.reason().isEmpty() ? counted : refusedNow).put(process.pid(), one);
        }
        now = counted;
        refused = refusedNow;
        interval = intervals.next(counted).orElse(null);
    }

    private static Counted ask(ProcessReading process) {
        try {
            return new Counted(process.startedAt(), process.details().disk().orElse(null), "");
        } catch (IOException e) {
            return new Counted(process.startedAt(), null, String.valueOf(e.getMessage()));
        }
    }

    void reset() {
        intervals.reset();
    }

    /** Bytes per second since they were asked for before; nothing where that is not known. */
    Optional<ProcessDisk> rate(ProcessReading process) {
        Interval<Map<Long, Counted>> since = interval;
        Counted one = now.get(process.pid());
        Counted before = since == null ? null : since.before().get(process.pid());
        if (since == null || one == null || before == null || before.startedAt() != one.startedAt()) {
            return Optional.empty();
        }
        ProcessDisk to = one.disk();
        ProcessDisk from = before.disk();
        if (to == null || from == null) {
            return Optional.empty();
        }
        return Optional.of(new ProcessDisk(
                Rates.rate(from.readBytes(), to.readBytes(), since.seconds()).orElse(-1),
                Rates.rate(from.writtenBytes(), to.writtenBytes(), since.seconds())
                        .orElse(-1)));
    }

    /** Why it must not be seen; empty where it may. */
    String reason(ProcessReading process) {
        Counted one = refused.get(process.pid());
        return one == null ? "" : one.reason();
    }
}

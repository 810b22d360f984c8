package pulseboard.board.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import pulseboard.board.host.CounterDeltas.Interval;
import pulseboard.machine.ProcessReading;
import pulseboard.machine.Reader;

/** All processes, each with its share of one core since they were read before. */
final class ProcessUse {

    private static final double MILLISECONDS_PER_SECOND = 1e3;

    private final Reader<Collection<ProcessReading>> reader;
    private final CounterDeltas<Map<Long, ProcessReading>> intervals;

    /**
     * A process and its share of one core in percent: over 100 when it keeps more than one busy,
     * negative where it is not known.
     */
    record Row(ProcessReading process, double cpuPercent) {}

    ProcessUse(Reader<Collection<ProcessReading>> reader, LongSupplier nanoClock) {
        this.reader = reader;
        this.intervals = new CounterDeltas<>(nanoClock);
    }

    List<Row> read() throws IOException {
        Map<Long, ProcessReading> now = new HashMap<>();
        intervals.begin();
        reader.read().forEach(process -> now.put(process.pid(), process));
        Optional<Interval<Map<Long, ProcessReading>>> interval = intervals.next(now);
        List<Row> rows = new ArrayList<>();
        now.values().forEach(process -> rows.add(new Row(process, cpuPercent(process, interval))));
        return rows;
    }

    /** Forgets what was read before. */
    void reset() {
        intervals.reset();
    }

    /** 0 for one that was not there before. */
    private static double cpuPercent(ProcessReading now, Optional<Interval<Map<Long, ProcessReading>>> interval) {
        if (now.cpuMilliseconds() < 0) {
            return -1;
        }
        return interval.map(since -> {
                    ProcessReading before = since.before().get(now.pid());
                    if (before == null || before.startedAt() != now.startedAt() || before.cpuMilliseconds() < 0) {
                        return 0.0;
                    }
                    double used = (double) now.cpuMilliseconds() - before.cpuMilliseconds();
                    return Rates.oneDecimal(used / (since.seconds() * MILLISECONDS_PER_SECOND) * 100);
                })
                .orElse(0.0);
    }
}

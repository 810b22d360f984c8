package pulseboard.prometheus.write;

import java.util.concurrent.atomic.AtomicLong;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** What became of the samples that were to be sent. Counted on one thread and read on another. */
public final class WriteCounts implements Collector {

    final AtomicLong sent = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();
    final AtomicLong retried = new AtomicLong();
    final AtomicLong waiting = new AtomicLong();

    @Override
    public String name() {
        return "remote_write";
    }

    @Override
    public void collect(Families into) {
        into.counter("pulseboard_remote_write_sent_samples_total", "Samples that the server has taken.")
                .add(sent.get());
        into.counter(
                        "pulseboard_remote_write_dropped_samples_total",
                        "Samples given up, because the server refused them or too many waited.")
                .add(dropped.get());
        into.counter("pulseboard_remote_write_retries_total", "Requests that failed and were or will be sent again.")
                .add(retried.get());
        into.gauge("pulseboard_remote_write_waiting_samples", "Samples that wait to be sent.")
                .add(waiting.get());
    }
}

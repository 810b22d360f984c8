package pulseboard.prometheus;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.machine.TimedTask;

/** One collector and how it fared. One that hangs is left alone until it comes back, so it costs one thread and no more. */
final class CollectorTask implements TimedTask {

    private static final Logger LOG = LoggerFactory.getLogger(CollectorTask.class);

    private final Collector collector;
    private final Families families = new Families();
    private boolean running;
    private boolean succeeded;
    private double seconds;
    private List<MetricFamily> found = List.of();

    CollectorTask(Collector collector) {
        this.collector = collector;
    }

    synchronized boolean isRunning() {
        return running;
    }

    @Override
    public void run() {
        long start = begin();
        families.begin();
        try {
            collector.collect(families);
            end(start, families.snapshot(), true);
        } catch (IOException e) {
            end(start, families.snapshot(), false); // What was found before is as true as ever.
        } catch (RuntimeException | Error e) {
            LOG.debug("Collector {} failed", collector.name(), e);
            end(start, List.of(), false);
        }
    }

    private synchronized long begin() {
        running = true;
        return System.nanoTime();
    }

    private synchronized void end(long startNanos, List<MetricFamily> families, boolean success) {
        running = false;
        succeeded = success;
        found = families;
        seconds = (System.nanoTime() - startNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    @Override
    public synchronized void late(long deadlineMilliseconds) {
        if (running) {
            found = List.of();
            succeeded = false;
            seconds = deadlineMilliseconds / 1e3;
        }
    }

    /** Adds what it found, and how it fared to {@code about}. */
    synchronized void report(List<MetricFamily> into, Families about) {
        into.addAll(found);
        about.gauge("node_scrape_collector_duration_seconds", "How long a collector took, in seconds.")
                .add(seconds, "collector", collector.name());
        about.gauge("node_scrape_collector_success", "1 when a collector could tell.")
                .add(succeeded ? 1 : 0, "collector", collector.name());
    }
}

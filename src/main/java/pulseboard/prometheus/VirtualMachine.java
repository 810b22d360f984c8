package pulseboard.prometheus;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;

/** The virtual machine that Pulseboard runs on, under the names of Prometheus's own Java library. */
final class VirtualMachine implements Collector {

    private static final double MILLISECONDS = 1e3;

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public void collect(Families into) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        addUsage(into, "jvm_memory", memory.getHeapMemoryUsage(), "area", "heap");
        addUsage(into, "jvm_memory", memory.getNonHeapMemoryUsage(), "area", "nonheap");
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            addUsage(into, "jvm_memory_pool", pool.getUsage(), "pool", pool.getName());
        }
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            String[] label = {"pool", pool.getName()};
            into.gauge("jvm_buffer_pool_used_bytes", "Bytes of buffers in use.").add(pool.getMemoryUsed(), label);
            into.gauge("jvm_buffer_pool_capacity_bytes", "Bytes of buffers that there are.")
                    .add(pool.getTotalCapacity(), label);
            into.gauge("jvm_buffer_pool_used_buffers", "Buffers in use.").add(pool.getCount(), label);
        }
        addCollections(into);
        addThreads(into);
        addClasses(into);
    }

    private static void addUsage(Families into, String prefix, MemoryUsage usage, String... label) {
        into.gauge(prefix + "_used_bytes", "Bytes in use.").add(usage.getUsed(), label);
        into.gauge(prefix + "_committed_bytes", "Bytes that were got from the system.")
                .add(usage.getCommitted(), label);
        into.gauge(prefix + "_max_bytes", "Bytes that there may be; -1 where there is no limit.")
                .add(usage.getMax(), label);
        into.gauge(prefix + "_init_bytes", "Bytes asked for at the start.").add(usage.getInit(), label);
    }

    private static void addCollections(Families into) {
        Family collections =
                into.summary("jvm_gc_collection_seconds", "Garbage collections, and how long they took, in seconds.");
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            String[] label = {"gc", collector.getName()};
            collections.add("_count", (double) Math.max(0, collector.getCollectionCount()), label);
            collections.add("_sum", Math.max(0, collector.getCollectionTime()) / MILLISECONDS, label);
        }
    }

    private static void addThreads(Families into) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        into.gauge("jvm_threads_current", "Threads.").add(threads.getThreadCount());
        into.gauge("jvm_threads_daemon", "Threads that do not keep the program from ending.")
                .add(threads.getDaemonThreadCount());
        into.gauge("jvm_threads_peak", "The most threads that there were.").add(threads.getPeakThreadCount());
        into.counter("jvm_threads_started_total", "Threads that were started.")
                .add(threads.getTotalStartedThreadCount());
    }

    private static void addClasses(Families into) {
        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        into.gauge("jvm_classes_currently_loaded", "Classes.").add(classes.getLoadedClassCount());
        into.counter("jvm_classes_loaded_total", "Classes that were loaded.").add(classes.getTotalLoadedClassCount());
        into.counter("jvm_classes_unloaded_total", "Classes that were unloaded.")
                .add(classes.getUnloadedClassCount());
        into.info("jvm_runtime_info", "Which virtual machine this is.")
                .add(
                        1,
                        "runtime",
                        System.getProperty("java.runtime.name", ""),
                        "vendor",
                        System.getProperty("java.vm.vendor", ""),
                        "version",
                        System.getProperty("java.runtime.version", ""));
    }
}

package pulseboard.load;

import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The packaged program with exactly the flags that it ships with, on a free port, and what it is asked from outside. */
final class ShippedServer implements AutoCloseable {

    private final Process process;
    private final CompletableFuture<URI> url = new CompletableFuture<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    /**
     * What it takes.
     *
     * @param heap bytes in use after a collection
     * @param direct bytes of buffers outside the heap
     * @param resident bytes of the whole process
     */
    record Figures(long heap, long direct, long resident, int descriptors, int threads) {}

    /** Starts it with these settings in its environment. */
    @SuppressWarnings("BanJNDI") // The address comes from the process that was just started.
    ShippedServer(Map<String, String> settings) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("@src/main/packaging/jvm.options", "-XX:SharedArchiveFile=target/pulseboard.jsa"));
        command.addAll(List.of("-jar", "target/pulseboard.jar", "--port", "0"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("XDG_STATE_HOME", newState().toString());
        builder.environment().putAll(settings);
        process = builder.start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        Thread reader = new Thread(() -> out.lines().forEach(this::take), "server's output");
        reader.setDaemon(true);
        reader.start();
        url.orTimeout(3, TimeUnit.MINUTES).join();
        connector = JMXConnectorFactory.connect(new JMXServiceURL(agent()));
        beans = connector.getMBeanServerConnection();
    }

    /** A folder for users and history of a program's own; that of whoever measures is left alone. */
    private static Path newState() throws IOException {
        Path bench = Files.createDirectories(Path.of("target/bench").toAbsolutePath());
        return Files.createTempDirectory(bench, "state");
    }

    private void take(String line) {
        lines.add(line);
        if (line.contains(" is at http://")) {
            url.complete(URI.create(line.substring(line.indexOf("http://"))));
        }
    }

    private String agent() throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            try {
                return machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException(e);
        }
    }

    URI url() {
        return url.join();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has logged so far, of this level. */
    List<String> logged(String level) {
        return lines.stream().filter(line -> line.contains(" " + level + " ")).toList();
    }

    Figures figures() throws IOException {
        MemoryMXBean memory = ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class);
        memory.gc();
        long direct = ManagementFactory.getPlatformMXBeans(beans, BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return new Figures(
                memory.getHeapMemoryUsage().getUsed(),
                direct,
                MeasuredProcess.residentBytes(process.pid()),
                (int) ManagementFactory.getPlatformMXBean(beans, UnixOperatingSystemMXBean.class)
                        .getOpenFileDescriptorCount(),
                ManagementFactory.getPlatformMXBean(beans, ThreadMXBean.class).getThreadCount());
    }

    /** The most that it ever had in memory. */
    long highestResidentBytes() throws IOException {
        return MeasuredProcess.bytesInStatus(process.pid(), "VmHWM");
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            connector.close();
        } catch (IOException ended) {
            // With the process at the other end.
        }
    }
}

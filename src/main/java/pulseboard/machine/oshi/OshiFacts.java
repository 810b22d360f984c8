package pulseboard.machine.oshi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import oshi.hardware.CentralProcessor;
import oshi.software.os.OperatingSystem;
import oshi.spi.SystemInfoProvider;
import oshi.util.VirtualizationDetector;
import pulseboard.machine.MachineFacts;

/** The facts of this machine, as OSHI and Java report them. */
public final class OshiFacts {

    private final SystemInfoProvider oshi;

    /** Asks this OSHI instance. */
    public OshiFacts(SystemInfoProvider oshi) {
        this.oshi = oshi;
    }

    /** Asks OSHI without native code: the facts are the same, and it saves memory and start-up time. */
    public static OshiFacts withoutNativeCode() {
        return new OshiFacts(new oshi.nativefree.SystemInfo());
    }

    /** All facts. Takes some 100 ms the first time. */
    public MachineFacts read() {
        OperatingSystem system = oshi.getOperatingSystem();
        return new MachineFacts(
                system.getNetworkParams().getHostName(),
                addresses(),
                os(system),
                processor(oshi.getHardware().getProcessor()),
                oshi.getHardware().getMemory().getTotal(),
                bootedAt(system),
                VirtualizationDetector.identify(oshi.getHardware()),
                containerKind(Path.of("/")));
    }

    /** By the clock as it is now: OSHI remembers a time that is wrong once the clock has been set. */
    private static long bootedAt(OperatingSystem system) {
        long now = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        return TimeUnit.SECONDS.toMillis(now - system.getSystemUptime());
    }

    private static MachineFacts.Os os(OperatingSystem system) {
        OperatingSystem.OSVersionInfo version = system.getVersionInfo();
        String codeName = version.getCodeName();
        boolean named = codeName != null && !codeName.isEmpty() && !codeName.equals("unknown");
        String number = Objects.requireNonNullElse(version.getVersion(), "");
        return new MachineFacts.Os(
                system.getFamily(),
                named ? number + " (" + codeName + ")" : number,
                System.getProperty("os.version"),
                System.getProperty("os.arch"));
    }

    private static MachineFacts.Processor processor(CentralProcessor processor) {
        return new MachineFacts.Processor(
                processor.getProcessorIdentifier().getName().strip(),
                processor.getPhysicalProcessorCount(),
                processor.getLogicalProcessorCount());
    }

    private static Map<String, List<InetAddress>> addresses() {
        Map<String, List<InetAddress>> addresses = new LinkedHashMap<>();
        try {
            for (NetworkInterface face : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                List<InetAddress> own = Collections.list(face.getInetAddresses());
                if (!own.isEmpty() && !face.isLoopback()) {
                    addresses.put(face.getName(), own);
                }
            }
        } catch (SocketException e) {
            // Without any interface there is no address to report.
            return addresses;
        }
        return addresses;
    }

    /**
     * The kind of container around this process, by the marks that container engines leave (systemd's "Container
     * Interface", Docker, Podman).
     *
     * @param root the root folder
     */
    static Optional<String> containerKind(Path root) {
        try {
            Path systemd = root.resolve("run/systemd/container");
            if (Files.isReadable(systemd)) {
                return Optional.of(Files.readString(systemd).strip());
            }
        } catch (IOException e) {
            return Optional.of("other");
        }
        if (Files.exists(root.resolve(".dockerenv"))) {
            return Optional.of("docker");
        }
        return Files.exists(root.resolve("run/.containerenv")) ? Optional.of("podman") : Optional.empty();
    }
}

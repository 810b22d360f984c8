package pulseboard.host.oshi;

import io.netty.util.NetUtil;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import oshi.hardware.CentralProcessor;
import oshi.software.os.OperatingSystem;
import oshi.spi.SystemInfoProvider;
import oshi.util.VirtualizationDetector;

/** What does not change while the machine is up: names, addresses, versions, sizes. */
public final class HostFacts {

    private final SystemInfoProvider oshi;
    private final String pulseboardVersion;
    private final long startedAt = System.currentTimeMillis();

    /** Makes the facts of this machine, told by OSHI and by Java. */
    public HostFacts(SystemInfoProvider oshi, String pulseboardVersion) {
        this.oshi = oshi;
        this.pulseboardVersion = pulseboardVersion;
    }

    /** All facts; what this machine does not tell is absent. Takes some 100 ms the first time. */
    public JsonObject toJson() {
        OperatingSystem system = oshi.getOperatingSystem();
        JsonObject facts = new JsonObject()
                .put("name", system.getNetworkParams().getHostName())
                .put("addresses", addresses())
                .put("os", os(system))
                .put("cpu", cpu(oshi.getHardware().getProcessor()))
                .put(
                        "memory",
                        new JsonObject()
                                .put(
                                        "totalBytes",
                                        oshi.getHardware().getMemory().getTotal()))
                .put("bootedAt", bootedAt(system))
                .put("timeZone", ZoneId.systemDefault().getId())
                .put(
                        "java",
                        new JsonObject()
                                .put("version", System.getProperty("java.version"))
                                .put("vendor", System.getProperty("java.vendor")))
                .put(
                        "pulseboard",
                        new JsonObject().put("version", pulseboardVersion).put("startedAt", startedAt));
        VirtualizationDetector.identify(oshi.getHardware()).ifPresent(kind -> facts.put("virtualization", kind));
        containerKind(Path.of("/")).ifPresent(kind -> facts.put("container", kind));
        return facts;
    }

    /** By the clock as it is now: OSHI remembers a time that is wrong once the clock has been set. */
    private static long bootedAt(OperatingSystem system) {
        long now = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        return TimeUnit.SECONDS.toMillis(now - system.getSystemUptime());
    }

    private static JsonObject os(OperatingSystem system) {
        OperatingSystem.OSVersionInfo version = system.getVersionInfo();
        String codeName = version.getCodeName();
        boolean named = codeName != null && !codeName.isEmpty() && !codeName.equals("unknown");
        return new JsonObject()
                .put("family", system.getFamily())
                .put("version", named ? version.getVersion() + " (" + codeName + ")" : version.getVersion())
                .put("kernel", System.getProperty("os.version"))
                .put("architecture", System.getProperty("os.arch"));
    }

    private static JsonObject cpu(CentralProcessor processor) {
        return new JsonObject()
                .put("model", processor.getProcessorIdentifier().getName().strip())
                .put("physicalCores", processor.getPhysicalProcessorCount())
                .put("logicalCores", processor.getLogicalProcessorCount());
    }

    private static JsonObject addresses() {
        JsonObject addresses = new JsonObject();
        try {
            for (NetworkInterface face : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                List<InetAddress> own = Collections.list(face.getInetAddresses());
                if (!own.isEmpty() && !face.isLoopback()) {
                    addresses.put(face.getName(), byFamily(own));
                }
            }
        } catch (SocketException e) {
            // Without any interface there is no address to tell.
            return addresses;
        }
        return addresses;
    }

    private static JsonObject byFamily(List<InetAddress> addresses) {
        JsonArray ipv4 = new JsonArray();
        JsonArray ipv6 = new JsonArray();
        for (InetAddress address : addresses) {
            // Java itself writes an IPv6 address in full, and appends its interface, which the key tells already.
            (address instanceof Inet4Address ? ipv4 : ipv6).add(NetUtil.toAddressString(address));
        }
        return new JsonObject().put("ipv4", ipv4).put("ipv6", ipv6);
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

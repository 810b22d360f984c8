package pulseboard.board.host;

import io.netty.util.NetUtil;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import pulseboard.machine.MachineFacts;

/** What the host board says of this machine and of this program when it is asked: what does not change meanwhile. */
public final class HostFacts {

    private final Supplier<MachineFacts> machine;
    private final String pulseboardVersion;
    private final long startedAt = System.currentTimeMillis();

    /**
     * Makes the facts.
     *
     * @param machine collects those of the machine, which takes some 100 ms
     */
    public HostFacts(Supplier<MachineFacts> machine, String pulseboardVersion) {
        this.machine = machine;
        this.pulseboardVersion = pulseboardVersion;
    }

    /** All facts; what this machine does not report is absent. */
    public JsonObject toJson() {
        MachineFacts now = machine.get();
        JsonObject facts = new JsonObject()
                .put("name", now.name())
                .put("addresses", addresses(now))
                .put("os", os(now.os()))
                .put("cpu", cpu(now.processor()))
                .put("memory", new JsonObject().put("totalBytes", now.memoryBytes()))
                .put("bootedAt", now.bootedAt())
                .put("timeZone", ZoneId.systemDefault().getId())
                .put(
                        "java",
                        new JsonObject()
                                .put("version", System.getProperty("java.version"))
                                .put("vendor", System.getProperty("java.vendor")))
                .put(
                        "pulseboard",
                        new JsonObject().put("version", pulseboardVersion).put("startedAt", startedAt));
        now.virtualization().ifPresent(kind -> facts.put("virtualization", kind));
        now.container().ifPresent(kind -> facts.put("container", kind));
        return facts;
    }

    private static JsonObject os(MachineFacts.Os os) {
        return new JsonObject()
                .put("family", os.family())
                .put("version", os.version())
                .put("kernel", os.kernel())
                .put("architecture", os.architecture());
    }

    private static JsonObject cpu(MachineFacts.Processor processor) {
        return new JsonObject()
                .put("model", processor.model())
                .put("physicalCores", processor.physicalCores())
                .put("logicalCores", processor.logicalCores());
    }

    private static JsonObject addresses(MachineFacts facts) {
        JsonObject addresses = new JsonObject();
        facts.addresses().forEach((name, own) -> addresses.put(name, byFamily(own)));
        return addresses;
    }

    private static JsonObject byFamily(List<InetAddress> addresses) {
        JsonArray ipv4 = new JsonArray();
        JsonArray ipv6 = new JsonArray();
        for (InetAddress address : addresses) {
            // Java itself writes an IPv6 address in full, and appends its interface, which is the key already.
            (address instanceof Inet4Address ? ipv4 : ipv6).add(NetUtil.toAddressString(address));
        }
        return new JsonObject().put("ipv4", ipv4).put("ipv6", ipv6);
    }
}

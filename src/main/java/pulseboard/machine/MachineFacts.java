package pulseboard.machine;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What does not change while the machine is up: names, addresses, versions, sizes.
 *
 * @param name the host's own
 * @param addresses those of each network interface but loopback
 * @param os the operating system
 * @param processor the processors
 * @param memoryBytes usable memory
 * @param bootedAt when it was started, in Unix milliseconds, by the clock as it is now
 * @param virtualization the kind of virtual machine around it, where there is one
 * @param container the kind of container around this process, where there is one
 */
public record MachineFacts(
        String name,
        Map<String, List<InetAddress>> addresses,
        Os os,
        Processor processor,
        long memoryBytes,
        long bootedAt,
        Optional<String> virtualization,
        Optional<String> container) {

    /**
     * The operating system.
     *
     * @param family for example {@code Debian GNU/Linux}
     * @param version with its code name
     * @param kernel the version of the kernel
     * @param architecture as Java calls it
     */
    public record Os(String family, String version, String kernel, String architecture) {}

    /**
     * The processors.
     *
     * @param model what the maker calls it
     * @param physicalCores cores
     * @param logicalCores threads that run at a time
     */
    public record Processor(String model, int physicalCores, int logicalCores) {}
}

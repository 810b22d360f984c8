package pulseboard.host;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** The list of all samplers of the host board, in the order in which they run. */
final class Samplers {

    private Samplers() {}

    /** Makes each sampler over its source; the one that may hang comes last. */
    static List<Sampler> create(HostSources sources, HostConfig config, Executor threads) {
        return List.of(
                new CpuSampler(sources.cpu(), sources.load(), sources.frequencyHertz(), System::nanoTime),
                new MemorySampler(sources.memory(), System::nanoTime),
                new PressureSampler(sources.pressure()),
                new ContainerSampler(sources.container(), System::nanoTime),
                new DisksSampler(sources.disks(), System::nanoTime),
                new NetworkSampler(sources.interfaces(), sources.links(), sources.tcpStates(), System::nanoTime),
                new ProcessCountSampler(sources.processCounts()),
                new SensorsSampler(sources.sensors(), Pattern.compile(config.ignoreSensors())),
                new FilesystemsSampler(sources.mounts(), sources::usage, threads, config));
    }
}

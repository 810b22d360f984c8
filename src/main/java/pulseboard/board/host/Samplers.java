package pulseboard.board.host;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import pulseboard.machine.MachineSources;

/** The list of all samplers of the host board, in the order in which they run. */
final class Samplers {

    private Samplers() {}

    /** Makes each sampler over its source; the one that may hang comes last. */
    static List<Sampler> create(MachineSources sources, HostConfig config, Executor threads) {
        return List.of(
                new FallbackSampler(sources, Samplers::cpu),
                new FallbackSampler(sources, from -> new MemorySampler(from.memory(), System::nanoTime)),
                // OSHI knows none of these: there is nothing to fall back to.
                new PressureSampler(sources.pressure()),
                new BootSampler(sources.bootId()),
                new ClockSampler(sources.clock()),
                new ContainerSampler(sources.container(), System::nanoTime),
                new FallbackSampler(sources, from -> new DisksSampler(from.disks(), System::nanoTime)),
                new FallbackSampler(
                        sources, from -> new NetworkSampler(NetworkSampler.Readers.of(from), System::nanoTime)),
                new FallbackSampler(sources, from -> new ProcessCountSampler(from.processCounts())),
                new FallbackSampler(
                        sources, from -> new SensorsSampler(from.sensors(), Pattern.compile(config.ignoreSensors()))),
                new FallbackSampler(
                        sources, from -> new FilesystemsSampler(from.mounts(), from::usage, threads, config)));
    }

    private static Sampler cpu(MachineSources from) {
        return new CpuSampler(from.cpu(), from.load(), from.frequencyHertz(), System::nanoTime);
    }

    /** The busiest processes, for the board of processes. */
    static Sampler processTable(MachineSources sources, int top) {
        return new FallbackSampler(sources, from -> new ProcessTable(from.processes(), top, System::nanoTime));
    }

    /** The few busiest processes, for the history. */
    static Sampler busiestProcesses(MachineSources sources) {
        return new FallbackSampler(sources, from -> new BusiestProcesses(from.processes(), System::nanoTime));
    }
}

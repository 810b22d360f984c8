package pulseboard.fleet;

import java.util.List;
import java.util.Map;
import pulseboard.feed.KeptNumbers;

/**
 * The figures of the list of machines, out of rows of the past of a machine's own board: the same as {@link Row} makes of its state.
 * What is the highest, or the sum, of several series is made of their rows, which do not say what was at the same moment: of a sum,
 * the lowest is no higher and the highest no lower than it was.
 */
final class PastFigures {

    private static final List<Figure> ALL = List.of(
            highest("cpuBusyPercent", "cpu.busyPercent"),
            highest("load1", "cpu.load1"),
            highest("memoryUsedPercent", "memory.usedPercent"),
            highest("swapUsedPercent", "memory.swap.usedPercent"),
            highest("pressurePercent", "pressure.*.someAvg10Percent"),
            highest("busiestDiskPercent", "disks.*.busyPercent"),
            highest("fullestFilesystemPercent", "filesystems.*.usedPercent"),
            sum("receivedBytesPerSecond", "!network.interfaces.lo.**", "network.interfaces.*.receivedBytesPerSecond"),
            sum("sentBytesPerSecond", "!network.interfaces.lo.**", "network.interfaces.*.sentBytesPerSecond"),
            highest("hottestCelsius", "sensors.temperatures.*.celsius"));

    private record Figure(String key, KeptNumbers of, boolean isSum) {

        /** With one more row of a series. */
        float[] with(float[] before, float[] more) {
            float[] both = new float[before.length];
            for (int kind = 0; kind < both.length; kind++) {
                both[kind] = isSum ? before[kind] + more[kind] : Math.max(before[kind], more[kind]);
            }
            return both;
        }
    }

    private PastFigures() {}

    private static Figure highest(String key, String... of) {
        return new Figure(key, KeptNumbers.of(of), false);
    }

    private static Figure sum(String key, String... of) {
        return new Figure(key, KeptNumbers.of(of), true);
    }

    /** Whether a series of a machine's own board is needed. */
    static boolean needs(String series) {
        return ALL.stream().anyMatch(figure -> figure.of.keepsSeries(series));
    }

    /** Those of one machine, as they are called in the history of the list. */
    static PastColumns of(String machine, PastColumns own) {
        PastColumns figures = new PastColumns(own.count());
        for (Figure figure : ALL) {
            List<float[][]> columns = own.series().entrySet().stream()
                    .filter(each -> figure.of.keepsSeries(each.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
            for (int row = 0; row < own.count(); row++) {
                float[] all = null;
                for (float[][] column : columns) {
                    float[] one = PastColumns.row(column, row);
                    all = all == null || one == null ? (one == null ? all : one) : figure.with(all, one);
                }
                if (all != null) {
                    figures.set(prefix(machine) + figure.key, row, all);
                }
            }
        }
        return figures;
    }

    /** With what the names of the series of one machine begin in the history of the list. */
    static String prefix(String machine) {
        return "hosts." + machine + ".";
    }
}

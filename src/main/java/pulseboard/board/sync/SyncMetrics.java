package pulseboard.board.sync;

import java.util.List;
import pulseboard.feed.MetricInfo;

/** Figures of the board {@code sync} that are metrics, too. */
final class SyncMetrics {

    /** Totals are since the coordinator was started. */
    static final List<MetricInfo> ALL = List.of(
            of("machine_behind_files", "Files that a machine has not got yet.", "nodes.*.behindFiles", "machine")
                    .labelled("name", "name"),
            of("folder_files", "Files of a folder.", "folders.*.files", "folder"),
            of("folder_bytes", "Bytes of a folder.", "folders.*.bytes", "folder"),
            of("folder_conflicts", "Conflicts that wait for somebody.", "folders.*.unresolvedConflicts", "folder"),
            of("folder_held_machines", "Machines on which the folder is held.", "folders.*.heldMachines", "folder"),
            of("received_files_total", "Contents that came to a machine.", "totals.operations"),
            of("failures_total", "Contents that did not.", "totals.failures"),
            of("wire_bytes_total", "Bytes that went over the wire for them, TLS included.", "totals.wireBytes"));

    private SyncMetrics() {}

    private static MetricInfo of(String name, String help, String path, String... labels) {
        return MetricInfo.of("pulseboard_sync_" + name, help, path, labels);
    }
}

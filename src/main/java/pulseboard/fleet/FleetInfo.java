package pulseboard.fleet;

import java.util.List;
import pulseboard.feed.ActionInfo;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.KeptNumbers;
import pulseboard.feed.MetricInfo;
import pulseboard.feed.Parameter;
import pulseboard.feed.RuleInfo;

/** What the board {@code fleet} says of itself. */
final class FleetInfo {

    static final String BOARD = "fleet";

    private static final double PERCENT = 0.01;

    /** Figures of each machine that the history keeps. */
    static final List<String> KEPT = List.of(
            "cpuBusyPercent",
            "load1",
            "memoryUsedPercent",
            "swapUsedPercent",
            "pressurePercent",
            "busiestDiskPercent",
            "fullestFilesystemPercent",
            "receivedBytesPerSecond",
            "sentBytesPerSecond",
            "hottestCelsius");

    /** Of each machine, this one too, and whether this one is alone. */
    static final List<MetricInfo> METRICS = List.of(
            metric("up", "Whether the machine is heard of (1) or not (0).", "state")
                    .whenIs("live"),
            metric("cpu_busy_ratio", "CPU in use.", "cpuBusyPercent").times(PERCENT),
            metric("load1", "Load of the last minute.", "load1"),
            metric("memory_used_ratio", "Memory in use.", "memoryUsedPercent").times(PERCENT),
            metric("swap_used_ratio", "Swap in use.", "swapUsedPercent").times(PERCENT),
            metric(
                            "pressure_ratio",
                            "How long something waited, the worst of CPU, memory and disks.",
                            "pressurePercent")
                    .times(PERCENT),
            metric("busiest_disk_ratio", "How long the busiest disk was busy.", "busiestDiskPercent")
                    .times(PERCENT),
            metric("fullest_filesystem_ratio", "How full the fullest filesystem is.", "fullestFilesystemPercent")
                    .times(PERCENT),
            metric("hottest_celsius", "The highest temperature.", "hottestCelsius"),
            metric("critical_alerts", "Critical alerts that the machine raises itself.", "criticalCount"),
            metric("warning_alerts", "Warnings that the machine raises itself.", "warningCount"),
            metric("received_bytes_per_second", "What came by the network.", "receivedBytesPerSecond"),
            metric("sent_bytes_per_second", "What went out.", "sentBytesPerSecond"),
            metric("link_bytes_per_second", "What its link brings.", "linkBytesPerSecond"),
            metric("resyncs_total", "How often its boards were sent whole again.", "resyncCount"),
            MetricInfo.of(
                    "pulseboard_fleet_isolated",
                    "Whether this machine seems to have lost its network.",
                    "hub.isolated"),
            MetricInfo.of(
                    "pulseboard_fleet_backfilled_rows_total",
                    "Rows of the history that were missing here and came from the machines themselves.",
                    "hub.backfilledRowCount"),
            MetricInfo.of(
                    "pulseboard_fleet_refused_rows_total",
                    "Rows of their past that machines told and that cannot be.",
                    "hub.refusedRowCount"));

    static final BoardInfo INFO = BoardInfo.of(BOARD, "Machines")
            .keeping(KeptNumbers.of(KEPT.stream().map(key -> "hosts.*." + key).toArray(String[]::new)))
            .judgedBy(rules())
            .measuredBy(METRICS)
            .action(
                    "invite",
                    ActionInfo.of("Makes a code with which machines join; it is told only in the answer")
                            .forAdmins()
                            .takes("group", Parameter.Type.STRING, false, "the group that they are put into")
                            .takes("uses", Parameter.Type.INTEGER, false, "how many machines; 1 if it is left out")
                            .takes("hours", Parameter.Type.INTEGER, false, "how long it is good; 1 if it is left out"))
            .action(
                    "rename",
                    machine("Calls a machine otherwise").takes("name", Parameter.Type.STRING, true, "its name"))
            .action(
                    "move",
                    machine("Puts a machine into a group")
                            .takes("group", Parameter.Type.STRING, true, "the group; empty: none"))
            .action(
                    "tag",
                    machine("Gives a machine tags instead of those that it had")
                            .takes("tags", Parameter.Type.OBJECT, true, "texts by key"))
            .action("approve", machine("Lets a machine in that waits, or was shut out"))
            .action("refuse", machine("Shuts a machine out, until it is approved"))
            .action("remove", machine("Removes a machine with its token"));

    private FleetInfo() {}

    private static ActionInfo machine(String description) {
        return ActionInfo.of(description)
                .forAdmins()
                .takes("machine", Parameter.Type.STRING, true, "the id of the machine");
    }

    private static MetricInfo metric(String name, String help, String key) {
        return MetricInfo.of("pulseboard_fleet_machine_" + name, help, "hosts.*." + key, "machine")
                .labelled("name", "name")
                .labelled("group", "group");
    }

    private static List<RuleInfo> rules() {
        return List.of(
                RuleInfo.of("machine-offline", "hosts.*.state", "{{key}} is offline")
                        .alarms("is offline")
                        .helps(
                                "Nothing has come from it for longer than fleet.offlineSeconds. Is it switched on, has it a network, and does"
                                        + " pulseboard-agent run there?"),
                RuleInfo.of("hub-isolated", "hub.isolated", "more than half of all machines fell silent at once")
                        .alarms("is true")
                        .helps(
                                "It is likely that this machine has lost its network. Nothing is said of the others meanwhile."),
                RuleInfo.of("hub-gone", "hub.nodes.*.state", "the hub {{key}} is not heard of")
                        .warns("is gone for 1m")
                        .helps("Its machines are at the others. Does it run, and does it reach NATS?"),
                RuleInfo.of("machine-twin", "hosts.*.twin", "two machines use the token of {{key}}")
                        .warns("is true")
                        .helps("Was one copied from the other? Have one of them join anew: pulseboard join."),
                RuleInfo.of(
                                "machine-filesystem-full",
                                "hosts.*.fullestFilesystemPercent",
                                "a filesystem of {{key}} is {{value}} full")
                        .warns("above 85 for 10m clear 80")
                        .alarms("above 95 for 2m clear 90")
                        .helps("Its own page says which."),
                RuleInfo.of(
                                "machine-memory-used-up",
                                "hosts.*.memoryUsedPercent",
                                "{{key}} has {{value}} of its memory in use")
                        .warns("above 95 for 10m clear 90")
                        .helps("Its own page says which programs use most."));
    }
}

package pulseboard.prometheus.node;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.TimeZone;
import pulseboard.machine.linux.Folder;
import pulseboard.machine.linux.Kernel;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** What time it is, where, and by which clock. */
final class TimeCollector implements Collector {

    private final Kernel kernel;
    private String zoneKey = "";
    private String zoneName = "";

    TimeCollector(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public String name() {
        return "time";
    }

    @Override
    public void collect(Families into) {
        ZonedDateTime now = Instant.now().atZone(ZoneId.systemDefault());
        into.gauge("node_time_seconds", "What time it is, in Unix seconds.")
                .add(now.toEpochSecond() + now.getNano() / 1e9);
        into.gauge("node_time_zone_offset_seconds", "How far local time is ahead of UTC, in seconds.")
                .add(now.getOffset().getTotalSeconds(), "time_zone", zone(now));
        collectClocks(kernel, into);
    }

    /** Looked for again only when summer time begins or ends. */
    private String zone(ZonedDateTime now) {
        boolean isSummer = now.getZone().getRules().isDaylightSavings(now.toInstant());
        String key = now.getZone().getId() + isSummer;
        if (!key.equals(zoneKey)) {
            zoneKey = key;
            zoneName = TimeZone.getTimeZone(now.getZone()).getDisplayName(isSummer, TimeZone.SHORT, Locale.ENGLISH);
        }
        return zoneName;
    }

    private static void collectClocks(Kernel kernel, Families into) {
        for (Folder source : kernel.folders("sys/devices/system/clocksource", "clocksource", true)) {
            String device = source.name().substring("clocksource".length());
            for (String name : source.value("available_clocksource").split("\\s+", -1)) {
                if (!name.isEmpty()) {
                    into.info("node_time_clocksource_available_info", "Clocks that the kernel can use.")
                            .add(1, "device", device, "clocksource", name);
                }
            }
            String current = source.value("current_clocksource");
            if (!current.isEmpty()) {
                into.info("node_time_clocksource_current_info", "The clock that the kernel uses.")
                        .add(1, "device", device, "clocksource", current);
            }
        }
    }
}

package pulseboard.prometheus.node;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.Numbers;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** What os-release says. */
final class OsCollector implements Collector {

    private static final List<String> LABELS = List.of(
            "build_id",
            "id",
            "id_like",
            "image_id",
            "image_version",
            "name",
            "pretty_name",
            "variant",
            "variant_id",
            "version",
            "version_codename",
            "version_id");

    private static final Pattern MAJOR_MINOR = Pattern.compile("^\\d+(\\.\\d+)?");

    private final Kernel kernel;
    private Map<String, String> release = Map.of();
    private long read = -1;

    OsCollector(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public String name() {
        return "os";
    }

    /** Reads the file again when it was written again. */
    @Override
    public void collect(Families into) throws IOException {
        boolean local = new File(kernel.root().toFile(), "etc/os-release").exists();
        String folder = local ? "etc" : "usr/lib";
        long written = new File(kernel.root().toFile(), folder + "/os-release").lastModified();
        if (written == 0) {
            throw new IOException("there is no os-release");
        }
        if (written != read) {
            read = written;
            release = release(kernel.folder(folder).value("os-release"));
        }
        add(into);
    }

    private static Map<String, String> release(String text) {
        Map<String, String> release = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                release.put(
                        line.substring(0, equals).toLowerCase(Locale.ROOT),
                        line.substring(equals + 1).replaceAll("^([\"'])(.*)\\1$", "$2"));
            }
        }
        return release;
    }

    private void add(Families into) {
        into.info("node_os_info", "What /etc/os-release says.").add(1, labels(LABELS, release));
        Matcher version = MAJOR_MINOR.matcher(release.getOrDefault("version_id", ""));
        if (version.find()) {
            into.gauge("node_os_version", "The version of the system as a number, its further parts left out.")
                    .add(Numbers.number(version.group()), labels(List.of("id", "id_like", "name"), release));
        }
    }

    private static String[] labels(List<String> names, Map<String, String> values) {
        List<String> labels = new ArrayList<>(2 * names.size());
        for (String name : names) {
            labels.add(name);
            labels.add(values.getOrDefault(name, ""));
        }
        return labels.toArray(String[]::new);
    }
}

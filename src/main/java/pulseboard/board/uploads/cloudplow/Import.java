package pulseboard.board.uploads.cloudplow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Cloudplow's {@code config.json} as settings of ours, and what of it could not be taken over. Pure; secrets are never repeated. */
public final class Import {

    private static final long SECONDS_OF_A_MINUTE = 60;

    private final JsonObject config;
    private final YamlText yaml = new YamlText();
    private final List<String> left = new ArrayList<>();

    private Import(JsonObject config) {
        this.config = config;
    }

    /**
     * The result.
     *
     * @param yaml the settings, as text
     * @param left a line for each thing that was left out, and why
     */
    public record Result(String yaml, List<String> left) {

        /** Copies. */
        public Result {
            left = List.copyOf(left);
        }
    }

    /** Takes over what can be. */
    public static Result of(JsonObject config) {
        Import taken = new Import(config);
        taken.addAll();
        return new Result(taken.yaml.text(), taken.left);
    }

    private void addAll() {
        yaml.group(0, "uploads");
        addCore(config.getJsonObject("core", new JsonObject()));
        addDashboard(config.getJsonObject("dashboard", new JsonObject()));
        addPlex(config.getJsonObject("plex", new JsonObject()));
        Map<String, JsonObject> uploaders = uploaders();
        uploaders.values().stream()
                .mapToLong(each -> number(each, "check_interval", 0) * SECONDS_OF_A_MINUTE)
                .filter(seconds -> seconds > 0)
                .min()
                .ifPresent(seconds -> yaml.value(1, "listSeconds", Math.min(86_400, seconds)));
        addTriggers(uploaders.keySet());
        yaml.group(1, "uploaders");
        Set<String> names = new TreeSet<>();
        uploaders.forEach((name, settings) -> addUploader(name, settings, names));
        addRest();
    }

    private Map<String, JsonObject> uploaders() {
        Map<String, JsonObject> all = new TreeMap<>();
        config.getJsonObject("uploader", new JsonObject()).forEach(entry -> {
            if (entry.getValue() instanceof JsonObject settings && remote(entry.getKey()) != null) {
                all.put(entry.getKey(), settings);
            } else {
                left.add("uploader." + entry.getKey() + ": there are no remotes." + entry.getKey());
            }
        });
        return all;
    }

    private JsonObject remote(String name) {
        return config.getJsonObject("remotes", new JsonObject()).getJsonObject(name);
    }

    private void addCore(JsonObject core) {
        yaml.text(1, "rclone", core.getString("rclone_binary_path", ""));
        yaml.text(1, "rcloneConfig", core.getString("rclone_config_path", ""));
        if (core.getBoolean("dry_run", false)) {
            left.add("core.dry_run: there is none; take a target that is only for trying");
        }
    }

    private void addDashboard(JsonObject dashboard) {
        if (dashboard.getBoolean("enabled", false)) {
            String host = dashboard.getString("host", "0.0.0.0");
            yaml.value(1, "cloudplowPort", number(dashboard, "port", 47_949));
            yaml.text(1, "cloudplowHost", host);
            if (!host.equals("127.0.0.1")) {
                left.add(
                        "dashboard.host: taken over; whoever comes from another machine has to sign in or to bring a token");
            }
        }
    }

    private void addPlex(JsonObject plex) {
        if (!plex.getBoolean("enabled", false)) {
            return;
        }
        yaml.text(1, "streamsUrl", withoutSlash(plex.getString("url", "")) + "/status/sessions");
        yaml.text(1, "streamsPointer", "/MediaContainer/size");
        JsonObject rclone = plex.getJsonObject("rclone", new JsonObject());
        long from = number(plex, "max_streams_before_throttle", 1);
        TreeMap<Long, String> limits = new TreeMap<>();
        rclone.getJsonObject("throttle_speeds", new JsonObject()).forEach(entry -> {
            if (entry.getKey().matches("\\d{1,6}") && Long.parseLong(entry.getKey()) >= from) {
                limits.put(Long.parseLong(entry.getKey()), Sizes.ofRclone(String.valueOf(entry.getValue())));
            }
        });
        yaml.list(
                1,
                "streamsLimits",
                limits.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .toList());
        if (!plex.getString("token", "").isEmpty()) {
            left.add(
                    "plex.token: a secret; write it into a file that only the user of pulseboard work can read, and name that in"
                            + " uploads.streamsTokenFile");
        }
        if (plex.getBoolean("ignore_local_streams", false)) {
            left.add("plex.ignore_local_streams: all streams count");
        }
        if (rclone.containsKey("url")) {
            left.add("plex.rclone.url: not needed; each uploader's rclone is spoken to by a socket of its own");
        }
    }

    /** What had an account rest of one uploader, has it rest of all: the texts are rclone's. */
    private void addTriggers(Set<String> uploaders) {
        Map<String, JsonObject> sleeps = new TreeMap<>();
        for (String name : uploaders) {
            remote(name).getJsonObject("rclone_sleeps", new JsonObject()).forEach(entry -> {
                if (entry.getKey().contains(" 0/s")) {
                    left.add("remotes." + name + ".rclone_sleeps: \"" + entry.getKey()
                            + "\" is no trigger; a stage in which nothing moves is stopped (uploads.stalledSeconds)");
                } else if (entry.getValue() instanceof JsonObject sleep) {
                    sleeps.putIfAbsent(entry.getKey(), sleep);
                }
            });
        }
        if (!sleeps.isEmpty()) {
            yaml.group(1, "triggers");
        }
        int number = 0;
        for (Map.Entry<String, JsonObject> each : sleeps.entrySet()) {
            yaml.group(2, "cloudplow-" + ++number);
            yaml.text(3, "text", each.getKey());
            yaml.value(3, "count", Math.max(1, number(each.getValue(), "count", 1)));
            yaml.value(3, "windowSeconds", Math.max(1, number(each.getValue(), "timeout", 3_600)));
            yaml.value(3, "suspendHours", Math.max(1, number(each.getValue(), "sleep", 24)));
        }
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    /** What an uploader is called here; empty: nothing that it could be called. */
    private String named(String name, Set<String> taken) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-");
        String ours = letters.substring(0, Math.min(32, letters.length()));
        if (!ours.matches("[a-z0-9].*") || !taken.add(ours)) {
            left.add("uploader." + name
                    + ": names have small letters, digits, hyphens and underscores; rename it first");
            return "";
        }
        if (!ours.equals(name)) {
            left.add("uploader." + name + ": is called " + ours + " now");
        }
        return ours;
    }

    private void addUploader(String name, JsonObject settings, Set<String> names) {
        JsonObject remote = remote(name);
        String ours = named(name, names);
        if (ours.isEmpty()) {
            return;
        }
        yaml.group(2, ours);
        yaml.text(3, "source", remote.getString("upload_folder", ""));
        yaml.text(3, "target", remote.getString("upload_remote", ""));
        String command = remote.getString("rclone_command", "move");
        yaml.text(3, "kind", command.equals("move") ? "move" : "copy");
        if (!Set.of("move", "copy").contains(command)) {
            left.add("remotes." + name + ".rclone_command: " + command
                    + " is not offered, because it deletes; it is copy now");
        }
        yaml.text(3, "strategy", "cloudplow");
        yaml.list(3, "exclude", texts(remote, "rclone_excludes"));
        yaml.list(
                3,
                "accounts",
                settings.getString("service_account_path", "").isEmpty()
                        ? List.of()
                        : List.of(settings.getString("service_account_path")));
        // What Cloudplow calls GB is measured by du in blocks of 2^30 bytes.
        yaml.text(3, "startBytes", number(settings, "max_size_gb", 200) + " GiB");
        JsonObject schedule = settings.getJsonObject("schedule", new JsonObject());
        if (schedule.getBoolean("enabled", false)) {
            yaml.list(
                    3,
                    "times",
                    List.of(schedule.getString("allowed_from", "00:00") + "-"
                            + schedule.getString("allowed_until", "00:00")));
        }
        new Extras(name, remote.getJsonObject("rclone_extras", new JsonObject())).addTo(yaml, left);
        addLeft(name, settings);
    }

    private void addLeft(String name, JsonObject settings) {
        String key = "uploader." + name;
        if (settings.getJsonObject("mover", new JsonObject()).getBoolean("enabled", false)) {
            left.add(key + ".mover: what moves between remotes is not part of it");
        }
        if (!texts(settings, "size_excludes").isEmpty()) {
            left.add(key + ".size_excludes: what waits counts as it is listed; leave it out by exclude");
        }
        if (!texts(settings, "opened_excludes").isEmpty() || !settings.getBoolean("exclude_open_files", true)) {
            left.add(key + ".opened_excludes, exclude_open_files: files that are written to always wait, others never");
        }
        if (!settings.getBoolean("can_be_throttled", true)) {
            left.add(key + ".can_be_throttled: limits by streams hold for all uploaders");
        }
    }

    private void addRest() {
        for (String group : List.of("hidden", "syncer", "notifications")) {
            if (!config.getJsonObject(group, new JsonObject()).isEmpty()) {
                left.add(group
                        + (group.equals("notifications")
                                ? ": messages are those of the alerts; see their channels"
                                : ": is not part of it"));
            }
        }
        for (String group : List.of("nzbget", "sabnzbd")) {
            if (config.getJsonObject(group, new JsonObject()).getBoolean("enabled", false)) {
                left.add(group + ": downloads are not paused; limit the uploads by uploads.timetable");
            }
        }
        Set<String> unknown = new TreeSet<>(config.fieldNames());
        unknown.removeAll(
                Set.of("core", "dashboard", "plex", "uploader", "remotes", "hidden", "syncer", "notifications"));
        unknown.removeAll(Set.of("nzbget", "sabnzbd"));
        unknown.forEach(group -> left.add(group + ": is not known"));
    }

    private static List<String> texts(JsonObject json, String key) {
        return json.getValue(key) instanceof JsonArray array
                ? array.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static long number(JsonObject json, String key, long otherwise) {
        return json.getValue(key) instanceof Number number ? number.longValue() : otherwise;
    }
}

package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import pulseboard.board.lab.player.Abr;
import pulseboard.board.lab.player.Scenario;
import pulseboard.board.lab.player.Scheduler;
import pulseboard.engine.emulator.Profile;

/** The players, the lines between them and the nodes, and the scenario that changes those. Used on one event loop. */
final class Players {

    private static final int MOST_PLAYERS = 8;
    private static final long SEED = 20_261_129;

    private final Vertx vertx;
    private final Cluster cluster;
    private final Catalogue catalogue;
    private final Conditions conditions;
    private final Map<String, PlayerTask> players = new TreeMap<>();
    private final List<Long> timers = new ArrayList<>();
    private final List<Lines> others = new ArrayList<>();
    private BiConsumer<Chunks.Located, String> damaged = (chunk, node) -> {};
    private Consumer<String> viewed = video -> {};
    private JsonObject scenario = new JsonObject();
    private int number;

    Players(Vertx vertx, Cluster cluster, Catalogue catalogue) {
        this.vertx = vertx;
        this.cluster = cluster;
        this.catalogue = catalogue;
        conditions = new Conditions(cluster.ids());
    }

    /** Starts a player for each of these schedulers, separated by commas. */
    Future<?> playAll(String schedulers) {
        return Future.all(List.of(schedulers.split(",", -1)).stream()
                .filter(name -> !name.isEmpty())
                .map(name -> play(new JsonObject().put("scheduler", name)))
                .toList());
    }

    /** Starts a player: {@code {"scheduler":"score","abr":"dynamic","video":"clip"}}. */
    Future<JsonObject> play(JsonObject body) {
        if (players.size() >= MOST_PLAYERS) {
            throw new Refused(409, "too_many", "there are " + MOST_PLAYERS + " players already; stop one");
        }
        Video video = catalogue.videos().get(body.getString("video", Clip.ID));
        if (video == null) {
            throw new Refused(
                    404,
                    "unknown_video",
                    "there is no such video; those there are: "
                            + String.join(", ", catalogue.videos().keySet()));
        }
        Scheduler.Kind kind = oneOf(Scheduler.Kind.class, "scheduler", body.getString("scheduler", "score"));
        Abr abr = oneOf(Abr.class, "abr", body.getString("abr", "dynamic"));
        viewed.accept(video.id());
        String id = "p" + ++number;
        return cluster.lines(SEED).map(lines -> {
            conditions.apply(lines);
            PlayerTask player =
                    new PlayerTask(vertx, PlayerTask.Kind.of(video, kind, abr, SEED), lines, catalogue::find);
            player.onDamage(damaged);
            players.put(id, player);
            player.start();
            return new JsonObject().put("player", id);
        });
    }

    /** A word that people choose. */
    static <E extends Enum<E>> E oneOf(Class<E> type, String name, String text) {
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            String known = String.join(
                    ", ",
                    List.of(type.getEnumConstants()).stream()
                            .map(each -> each.name().toLowerCase(Locale.ROOT))
                            .toList());
            throw new Refused(400, "bad_parameter", name + " must be one of " + known);
        }
    }

    Future<JsonObject> stop(String id) {
        PlayerTask player = find(id);
        players.remove(id);
        return player.stop().map(stopped -> new JsonObject());
    }

    PlayerTask find(String id) {
        PlayerTask player = players.get(id);
        if (player == null) {
            throw new Refused(404, "unknown_player", "there is no such player, or it was stopped");
        }
        return player;
    }

    /** How good the lines to a node are, for all players alike. */
    Future<JsonObject> set(String node, String profile) {
        if (!Profile.NAMED.containsKey(profile)) {
            throw new Refused(
                    404, "unknown_profile", "profile must be one of " + String.join(", ", Profile.NAMED.keySet()));
        }
        conditions.set(node, profile);
        apply();
        return Future.succeededFuture(new JsonObject());
    }

    /** Hears which chunk came damaged, and from where. */
    void onDamage(BiConsumer<Chunks.Located, String> hears) {
        damaged = hears;
    }

    /** Hears of which video somebody begins to watch. */
    void onView(Consumer<String> hears) {
        viewed = hears;
    }

    /** These lines are from now on as good and as bad as those of the players. */
    void with(Lines lines) {
        others.add(lines);
        conditions.apply(lines);
    }

    /** These are no longer. */
    Future<?> without(Lines lines) {
        others.remove(lines);
        return lines.close();
    }

    /** The lines to a node get so much worse than they are. */
    void worsen(String node, double milliseconds, double loss) {
        conditions.worsen(node, milliseconds, loss);
        apply();
    }

    /** They are again as they were. */
    void heal(String node) {
        conditions.heal(node);
        apply();
    }

    /** The lines to a node let nothing through, and do not say so. */
    void silence(String node, boolean isToBeSilent) {
        everyLine().forEach(lines -> lines.to(node).silence(isToBeSilent));
    }

    private Stream<Lines> everyLine() {
        return Stream.concat(players.values().stream().map(PlayerTask::lines), others.stream());
    }

    private void apply() {
        everyLine().forEach(conditions::apply);
    }

    /** How often all of them stood still. */
    int stalls() {
        return players.values().stream()
                .mapToInt(player -> player.session().playback().stalls())
                .sum();
    }

    /** Begins a scenario, which ends by itself with all lines normal. */
    Future<JsonObject> begin(String name, long seed) {
        if (!Scenario.NAMES.contains(name)) {
            throw new Refused(404, "unknown_scenario", "name must be one of " + Scenario.NAMES);
        }
        if (scenario.containsKey("name")) {
            throw new Refused(409, "already_running", "the scenario " + scenario.getString("name") + " is under way");
        }
        scenario = new JsonObject().put("name", name).put("seed", seed).put("startedAt", System.currentTimeMillis());
        Scenario script = Scenario.of(name, cluster.ids(), seed);
        for (Scenario.Change change : script.changes()) {
            later(change.atSeconds(), () -> {
                conditions.set(change.node(), change.profile());
                apply();
            });
        }
        later(script.seconds(), () -> {
            cluster.ids().forEach(node -> conditions.set(node, "normal"));
            apply();
            scenario = new JsonObject();
            timers.clear();
        });
        return Future.succeededFuture(scenario.copy());
    }

    private void later(double seconds, Runnable task) {
        timers.add(vertx.setTimer(Math.max(1, Math.round(seconds * 1_000)), id -> task.run()));
    }

    JsonObject scenario() {
        return scenario.copy();
    }

    JsonObject conditions() {
        JsonObject json = new JsonObject();
        for (String node : cluster.ids()) {
            Profile profile = conditions.of(node);
            json.put(
                    node,
                    new JsonObject()
                            .put("profile", conditions.name(node))
                            .put("latencyMilliseconds", profile.latencyMilliseconds())
                            .put("ceilingMegabitsPerSecond", profile.megabitsPerSecond())
                            .put("lossPercent", Round.to(profile.loss() * 100, 1)));
        }
        return json;
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        players.forEach((id, player) -> json.put(id, player.toJson()));
        return json;
    }

    /** Where a player is, for a viewer who joins it. */
    JsonObject live(String id) {
        PlayerTask player = find(id);
        viewed.accept(player.kind().video().id());
        JsonObject manifest = player.kind().video().manifest();
        player.session().playback().advance(player.now());
        return new JsonObject()
                .put("positionSeconds", player.session().playback().positionSeconds())
                .put("state", player.session().playback().state())
                .put("segmentSeconds", manifest.getDouble("segmentSeconds"))
                .put("codec", manifest.getString("codec"))
                .put("rungs", manifest.getJsonArray("rungs"));
    }

    /** The bytes of a segment once the player has them, and their rung; empty while it has not. */
    Optional<byte[]> segment(String id, int number) {
        return find(id).segment(number);
    }

    int rung(String id, int number) {
        return find(id).session().playback().rung(number);
    }

    /** What a decoder needs first. It comes past the emulated lines, and is small. */
    Future<byte[]> init(String id, int rung) {
        Video video = find(id).kind().video();
        if (rung < 0 || rung >= video.rungs().size()) {
            throw new Refused(404, "unknown_path", "there is no such rung");
        }
        return Chunks.get(
                Objects.requireNonNull(catalogue.find(video.init(rung)).orElse(null)),
                cluster.direct(),
                cluster.ids(),
                Chunks.NOBODY);
    }

    Future<?> end() {
        timers.forEach(vertx::cancelTimer);
        return Future.join(players.values().stream().map(PlayerTask::stop).toList());
    }
}

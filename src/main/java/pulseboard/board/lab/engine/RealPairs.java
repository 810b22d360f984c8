package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import pulseboard.board.lab.judge.Comparison;
import pulseboard.board.lab.player.Outcome;
import pulseboard.board.lab.player.Scenario;
import pulseboard.board.lab.player.Scheduler;
import pulseboard.board.lab.player.Session;
import pulseboard.engine.emulator.Profile;

/** Pairs of players that really play: both at once, from the same nodes, over lines of the same seed that change at the same time. */
final class RealPairs {

    private final Vertx vertx;
    private final Engine.Parts parts;
    private final Video video;
    private final Comparison.Setting setting;

    RealPairs(Vertx vertx, Engine.Parts parts, Video video, Comparison.Setting setting) {
        this.vertx = vertx;
        this.parts = parts;
        this.video = video;
        this.setting = setting;
    }

    Future<Comparison.Pair> play(Scenario scenario, long seed) {
        Future<PlayerTask> first = player(setting.first(), seed);
        Future<PlayerTask> second = player(setting.second(), seed);
        return Future.all(first, second).compose(made -> {
            List<PlayerTask> both = List.of(first.result(), second.result());
            List<Long> timers = new ArrayList<>();
            both.forEach(PlayerTask::start);
            for (Scenario.Change change : scenario.changes()) {
                Profile profile = Objects.requireNonNull(Profile.NAMED.get(change.profile()), change.profile());
                timers.add(vertx.setTimer(
                        Math.max(1, Math.round(change.atSeconds() * 1_000)),
                        id -> both.forEach(
                                player -> player.lines().to(change.node()).change(profile))));
            }
            return vertx.timer((long) (scenario.seconds() * 1_000), TimeUnit.MILLISECONDS)
                    .map(over -> new Comparison.Pair(seed, outcome(both.get(0)), outcome(both.get(1))))
                    .onComplete(done -> timers.forEach(vertx::cancelTimer))
                    .eventually(() ->
                            Future.join(both.stream().map(PlayerTask::stop).toList()));
        });
    }

    private static Outcome outcome(PlayerTask player) {
        return Outcome.of(player.session(), player.now());
    }

    private Future<PlayerTask> player(Scheduler.Kind kind, long seed) {
        Session.Setup setup = setting.setup();
        return parts.cluster().lines(seed).map(lines -> {
            lines.change(Objects.requireNonNull(Profile.NAMED.get("normal")));
            PlayerTask player = new PlayerTask(
                    vertx, new PlayerTask.Kind(video, kind, setup, seed), lines, parts.catalogue()::find);
            player.keepNothing();
            return player;
        });
    }
}

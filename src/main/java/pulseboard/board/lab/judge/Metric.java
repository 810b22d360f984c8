package pulseboard.board.lab.judge;

import java.util.List;
import java.util.function.ToDoubleFunction;
import pulseboard.board.lab.player.Outcome;

/**
 * What two plays are compared in.
 *
 * @param name its key
 * @param isMoreBetter whether more of it is better
 * @param value of a play
 */
public record Metric(String name, boolean isMoreBetter, ToDoubleFunction<Outcome> value) {

    /** All of them. */
    public static final List<Metric> ALL = List.of(
            new Metric("startupMilliseconds", false, Outcome::startupMilliseconds),
            new Metric("stalls", false, Outcome::stalls),
            new Metric("stalledSeconds", false, Outcome::stalledSeconds),
            new Metric("megabitsPerSecond", true, Outcome::megabitsPerSecond),
            new Metric("qualityOfExperience", true, Outcome::qualityOfExperience));

    /** By how much the first play is better than the second; below zero it is worse. */
    public double gain(Outcome first, Outcome second) {
        double more = value.applyAsDouble(first) - value.applyAsDouble(second);
        return (isMoreBetter ? more : -more) + 0.0; // Never -0.0.
    }
}

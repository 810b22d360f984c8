package pulseboard.engine;

import java.util.OptionalDouble;

/**
 * How long something that is made of pieces will take: a piece takes {@code a + b · size} seconds of one worker, by least squares
 * of those that are finished, where older ones count less. Not thread-safe.
 */
public final class Estimate {

    /** With fewer pieces than this the model is not asked. */
    private static final int LEAST_PIECES = 20;

    /** So many pieces later a piece counts half. */
    private static final double HALF_LIFE_PIECES = 500;

    /** Pieces that are so many times larger than any before may take any time: the model was made of others. */
    private static final double BEYOND = 4;

    private static final double KEPT = Math.pow(0.5, 1 / HALF_LIFE_PIECES);

    private int count;
    private double weight;
    private double sizes;
    private double seconds;
    private double squares;
    private double products;
    private double largest;

    /** A piece of this size is finished, and has taken so many seconds of a worker. */
    public void finished(double size, double workerSeconds) {
        count++;
        largest = Math.max(largest, size);
        weight = weight * KEPT + 1;
        sizes = sizes * KEPT + size;
        seconds = seconds * KEPT + workerSeconds;
        squares = squares * KEPT + size * size;
        products = products * KEPT + size * workerSeconds;
    }

    /** What is left to do. */
    public record Left(long pieces, double size) {}

    /**
     * So many seconds more.
     *
     * @param workers how many work at once, on average
     * @param sizePerSecond how fast it goes, where the pieces that are finished are too few, or are not like those that are left
     * @return nothing where neither tells
     */
    public OptionalDouble remainingSeconds(Left left, double workers, OptionalDouble sizePerSecond) {
        if (left.pieces == 0) {
            return OptionalDouble.of(0);
        }
        double rate = sizePerSecond.orElse(0);
        boolean isBeyond = left.size / left.pieces > BEYOND * largest && rate > 0;
        if (count >= LEAST_PIECES && workers > 0 && !isBeyond) {
            double[] model = model();
            return OptionalDouble.of((model[0] * left.pieces + model[1] * left.size) / workers);
        }
        return rate > 0 ? OptionalDouble.of(left.size / rate) : OptionalDouble.empty();
    }

    /** Seconds of a worker for each piece, and for each unit of its size; neither below 0. */
    double[] model() {
        double spread = weight * squares - sizes * sizes;
        double perSize = spread > 1e-9 * weight * squares ? (weight * products - sizes * seconds) / spread : 0;
        double perPiece = (seconds - perSize * sizes) / weight;
        if (perSize < 0) {
            return new double[] {seconds / weight, 0};
        }
        return perPiece < 0 ? new double[] {0, products / squares} : new double[] {perPiece, perSize};
    }

    /** With two digits: more would promise what nobody knows. */
    public static long twoDigits(double value) {
        if (value < 1) {
            return Math.round(value);
        }
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(value)) - 1));
        return Math.round(Math.round(value / unit) * unit);
    }
}

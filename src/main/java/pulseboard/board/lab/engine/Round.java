package pulseboard.board.lab.engine;

/** Figures as people can see them. */
final class Round {

    private Round() {}

    static double to(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }
}

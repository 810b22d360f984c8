package pulseboard.board.tank;

/**
 * Settings of the tank board.
 *
 * @param count how many tanks are there and empty from the beginning; 0 switches the board off
 */
public record TankConfig(int count) {

    /** What is used unless somebody says otherwise. */
    public static final TankConfig DEFAULT = new TankConfig(0);
}

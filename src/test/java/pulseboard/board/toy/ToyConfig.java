package pulseboard.board.toy;

/**
 * Settings of the toy board.
 *
 * @param most where it stops counting, 0 to 1000; 0 switches the board off
 */
public record ToyConfig(int most) {

    /** What is used unless somebody says otherwise. */
    public static final ToyConfig DEFAULT = new ToyConfig(0);

    /** Checks the value. */
    public ToyConfig {
        if (most < 0 || most > 1_000) {
            throw new IllegalArgumentException("toy.most must be from 0 to 1000, not " + most);
        }
    }
}

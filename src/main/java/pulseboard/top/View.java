package pulseboard.top;

import java.util.List;

/** What fills the terminal: a board, laid out. */
interface View {

    /** Exactly so many lines, none of them longer than so many columns. */
    List<TextLine> draw(ServerState state, int columns, int rows, long now);

    /** To be called each second. */
    default void remember(ServerState state) {}

    /** Takes a key; returns whether that was to end it all. */
    boolean press(int key);
}

package pulseboard.top;

import pulseboard.feed.FeedReader;
import pulseboard.feed.Replica;

/** A board, and what keeps it equal to the server's. */
record BoardCopy(Replica board, FeedReader reader) {

    /** Of a board of which nothing is known yet. */
    static BoardCopy empty() {
        Replica board = new Replica();
        return new BoardCopy(board, new FeedReader(board));
    }
}

package pulseboard.board.s3.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a listing.
 *
 * @param objects in the order of the server
 * @param next what asks for the next page; null: there is none
 */
public record ListPage(List<ListedObject> objects, @Nullable String next) {

    /** Copies. */
    public ListPage {
        objects = List.copyOf(objects);
    }
}

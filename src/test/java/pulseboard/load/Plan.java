package pulseboard.load;

import java.net.URI;

/**
 * What a crowd does.
 *
 * @param url the address of the server, with a slash at its end
 * @param viewers how many there shall be
 * @param perSecond how many connect in a second
 * @param reconnect whether a viewer that was lost comes back
 */
record Plan(URI url, String board, Transport transport, int viewers, int perSecond, boolean reconnect) {

    /** A crowd whose viewers are lost for good when they are. */
    Plan(URI url, String board, Transport transport, int viewers, int perSecond) {
        this(url, board, transport, viewers, perSecond, false);
    }

    String host() {
        return url.getAuthority();
    }

    String basePath() {
        return url.getPath();
    }
}

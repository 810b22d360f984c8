package pulseboard.load;

import java.net.URI;

/**
 * What a crowd does.
 *
 * @param url the address of the server, with a slash at its end
 * @param viewers how many there shall be
 * @param perSecond how many connect in a second
 */
record Plan(URI url, String board, Transport transport, int viewers, int perSecond) {

    String host() {
        return url.getAuthority();
    }

    String basePath() {
        return url.getPath();
    }
}

package pulseboard;

import java.util.List;
import java.util.Optional;
import pulseboard.board.uploads.config.UploadsConfig;
import pulseboard.web.OtherPort;

/** Where programs that were made for Cloudplow's dashboard find it; this process listens there, and the board's answers. */
final class CloudplowPort {

    private CloudplowPort() {}

    static Optional<OtherPort> of(Config config, List<Board<?>> boards) {
        return boards.stream()
                .filter(board -> board.type() == UploadsConfig.class)
                .map(board -> config.board(board.name(), UploadsConfig.class))
                .filter(uploads -> uploads.cloudplowPort() > 0)
                .map(uploads -> new OtherPort(uploads.cloudplowHost(), uploads.cloudplowPort()))
                .findFirst();
    }
}

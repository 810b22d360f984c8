package pulseboard;

import java.nio.file.Path;

/**
 * Settings of {@code pulseboard work}, the process in which jobs run.
 *
 * @param start whether this program starts it by itself when there is a job; where it is a service of its own, it is false
 * @param socket the Unix socket by which it serves resources to this program; empty: in the state folder. Where the two run as
 *     different users it is a place that both can reach
 */
public record WorkConfig(boolean start, String socket) {

    /** What is used unless somebody says otherwise. */
    public static final WorkConfig DEFAULT = new WorkConfig(true, "");

    /** The socket, in this state folder if the settings name no other. */
    Path socketIn(Path folder) {
        return socket.isEmpty()
                ? folder.resolve("work.socket")
                : Path.of(socket).toAbsolutePath();
    }
}

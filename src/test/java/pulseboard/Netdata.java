package pulseboard;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Debian's Netdata, unpacked and not installed, as it comes but for its folders, its port and its calls to others, which are off. */
final class Netdata {

    private static final Path PEERS = Path.of("target/peers").toAbsolutePath();

    private Netdata() {}

    /** Starts it with an empty database. It ends with whoever started it. */
    static Process start() throws IOException {
        Path folder = Files.createTempDirectory(Path.of("target/bench").toAbsolutePath(), "netdata");
        Files.createFile(folder.resolve(".opt-out-from-anonymous-statistics"));
        Path config = Files.writeString(folder.resolve("netdata.conf"), config(folder));
        List<String> command = List.of(PEERS.resolve("usr/sbin/netdata").toString(), "-D", "-c", config.toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .put(
                        "LD_LIBRARY_PATH",
                        PEERS.resolve("usr/lib/x86_64-linux-gnu").toString());
        return builder.start();
    }

    private static String config(Path folder) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort(); // It takes no 0.
        }
        return String.join(
                "\n",
                "[directories]",
                "config = " + folder,
                "stock config = " + PEERS.resolve("usr/lib/netdata/conf.d"),
                "web = " + PEERS.resolve("usr/share/netdata/web"),
                "plugins = \"" + PEERS.resolve("usr/lib/netdata/plugins.d") + "\"",
                "log = " + folder,
                "cache = " + folder,
                "lib = " + folder,
                "home = " + folder,
                "lock = " + folder,
                "[web]",
                "bind to = 127.0.0.1:" + port,
                "[global]",
                "run as user = " + System.getProperty("user.name"),
                "");
    }
}

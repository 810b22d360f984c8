package pulseboard;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.wire.Invitation;

/** The programs that {@link SyncBench} measures beside each other. */
final class SyncPeers {

    private SyncPeers() {}

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String tool(String name) throws IOException {
        Path tool = SyncPeer.TOOLS.resolve("usr/bin").resolve(name).toAbsolutePath();
        if (!Files.isExecutable(tool)) {
            throw new IOException(tool + " is not there: make peers");
        }
        return tool.toString();
    }

    /** Pulseboard's coordinator and two agents. The CPU and memory of the coordinator, with all its boards, are not counted. */
    static final class Ours extends SyncPeer {
        private final Jvm jvm;
        private final List<String> engine = new ArrayList<>();
        private @Nullable Process coordinator;

        Ours(Path home, Jvm jvm) throws IOException {
            super(home);
            this.jvm = jvm;
            engine.add(jvm.java().toString());
            engine.addAll(Worker.engineFlags());
            engine.addAll(List.of("-jar", jvm.jar().toString(), "sync", "agent", "--state"));
        }

        @Override
        void prepare() throws Exception {
            Path settings = home.resolve("pulseboard.yaml");
            Files.writeString(
                    settings,
                    "sync: {enabled: true, port: 0, folder: " + home.resolve("sync") + "}\nauth: {folder: "
                            + home.resolve("state") + "}\n");
            ProcessBuilder builder = new ProcessBuilder(
                            jvm.java().toString(),
                            "@" + jvm.options(),
                            "-XX:SharedArchiveFile=" + jvm.archive(),
                            "-jar",
                            jvm.jar().toString(),
                            "--no-auth",
                            "--port",
                            "0",
                            "--config",
                            settings.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("coordinator.log").toFile());
            coordinator = builder.start();
            Path address = home.resolve("sync/address.json");
            Until.isTrue("the coordinator listens", () -> Files.exists(address));
            join("a", from);
            join("b", to);
        }

        private void join(String name, Path folder) throws Exception {
            Invitation invitation = SyncCommand.invitation(home.resolve("sync"), "bench");
            List<String> command = new ArrayList<>(engine);
            command.addAll(List.of(home.resolve(name).toString(), "--join-only", "--name", name));
            command.addAll(List.of("--join", invitation.code(), "--folder", "bench=" + folder));
            run("join-" + name, command);
        }

        @Override
        void begin() throws IOException {
            for (String name : List.of("b", "a")) {
                List<String> command = new ArrayList<>(engine);
                command.add(home.resolve(name).toString());
                Process unused = start(name, command);
            }
        }

        @Override
        public void close() throws IOException {
            super.close();
            if (coordinator != null) {
                coordinator.destroy();
            }
        }
    }

    /** Debian's rsync: a daemon, and a client for each time. */
    static final class Rsync extends SyncPeer {
        private static final Pattern TIME = Pattern.compile("TIME ([\\d.]+) ([\\d.]+) (\\d+)");
        private final int port = freePort();
        private final boolean isDurable;
        private double cpuSeconds;
        private double mebibytes;

        Rsync(Path home, boolean isDurable) throws IOException {
            super(home);
            this.isDurable = isDurable;
        }

        @Override
        void prepare() throws IOException {
            Path settings = home.resolve("rsyncd.conf");
            Files.writeString(settings, "use chroot = no\n[bench]\npath = " + from + "\nread only = yes\n");
            Process unused = start(
                    "daemon",
                    List.of(
                            tool("rsync"),
                            "--daemon",
                            "--no-detach",
                            "--address=127.0.0.1",
                            "--port=" + port,
                            "--config=" + settings));
        }

        @Override
        void begin() throws Exception {
            changed();
        }

        @Override
        void changed() throws Exception {
            List<String> command =
                    new ArrayList<>(List.of("/usr/bin/time", "-f", "TIME %U %S %M", tool("rsync"), "-a"));
            if (isDurable) {
                command.add("--fsync");
            }
            command.addAll(List.of("rsync://127.0.0.1:" + port + "/bench/", to + "/"));
            Until.isTrue("rsync's daemon listens", () -> isListening(port));
            run("client", command);
            Matcher time = TIME.matcher(Files.readString(home.resolve("client.log")));
            if (!time.find()) {
                throw new IOException("no times of rsync");
            }
            cpuSeconds += Double.parseDouble(time.group(1)) + Double.parseDouble(time.group(2));
            mebibytes = Math.max(mebibytes, Double.parseDouble(time.group(3)) / 1_024);
        }

        private static boolean isListening(int port) {
            try (java.net.Socket socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        Used used() throws IOException {
            Used daemon = super.used();
            return new Used(daemon.cpuSeconds() + cpuSeconds, daemon.mebibytes() + mebibytes);
        }
    }

    /** Debian's Syncthing, twice, with its own defaults for folders, and no discovery. */
    static final class Syncthing extends SyncPeer {
        private static final Pattern DEVICE = Pattern.compile("Device ID: ([A-Z0-9-]+)");
        private final List<Integer> ports = List.of(freePort(), freePort());

        Syncthing(Path home) throws IOException {
            super(home);
        }

        @Override
        void prepare() throws Exception {
            String a = generate("a");
            String b = generate("b");
            configure("a", a, b, 0);
            configure("b", b, a, 1);
        }

        private String generate(String name) throws Exception {
            run(
                    "generate-" + name,
                    List.of(tool("syncthing"), "generate", "--home=" + home.resolve(name), "--no-default-folder"));
            Matcher device = DEVICE.matcher(Files.readString(home.resolve("generate-" + name + ".log")));
            if (!device.find()) {
                throw new IOException("no device of Syncthing");
            }
            return device.group(1);
        }

        private void configure(String name, String own, String other, int number) throws IOException {
            String folder = "<folder id=\"bench\" path=\"" + (number == 0 ? from : to)
                    + "\" type=\"sendreceive\" rescanIntervalS=\"3600\" fsWatcherEnabled=\"true\" fsWatcherDelayS=\"10\">"
                    + "<device id=\"" + own + "\"/><device id=\"" + other
                    + "\"/><weakHashThresholdPct>25</weakHashThresholdPct>"
                    + "<maxConflicts>10</maxConflicts><maxConcurrentWrites>2</maxConcurrentWrites></folder>";
            String devices = "<device id=\"" + own + "\"><address>dynamic</address></device><device id=\"" + other
                    + "\"><address>tcp://127.0.0.1:" + ports.get(1 - number) + "</address></device>";
            String options = "<options><listenAddress>tcp://127.0.0.1:" + ports.get(number) + "</listenAddress>"
                    + "<globalAnnounceEnabled>false</globalAnnounceEnabled><localAnnounceEnabled>false</localAnnounceEnabled>"
                    + "<relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled><urAccepted>-1</urAccepted>"
                    + "<crashReportingEnabled>false</crashReportingEnabled><reconnectionIntervalS>1</reconnectionIntervalS>"
                    + "<autoUpgradeIntervalH>0</autoUpgradeIntervalH></options>";
            Files.writeString(
                    home.resolve(name).resolve("config.xml"),
                    "<configuration version=\"36\">" + folder + devices + "<gui enabled=\"false\"/>" + options
                            + "</configuration>",
                    StandardCharsets.UTF_8);
        }

        @Override
        void begin() throws IOException {
            for (String name : List.of("b", "a")) {
                Process unused = start(
                        name,
                        List.of(
                                tool("syncthing"),
                                "serve",
                                "--no-browser",
                                "--no-restart",
                                "--home=" + home.resolve(name)));
            }
        }
    }
}

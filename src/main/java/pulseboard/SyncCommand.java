package pulseboard;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import pulseboard.auth.AuthConfig;
import pulseboard.board.sync.SyncConfig;
import pulseboard.board.sync.agent.Agent;
import pulseboard.board.sync.agent.AgentConfig;
import pulseboard.board.sync.agent.AgentLimits;
import pulseboard.board.sync.agent.Join;
import pulseboard.board.sync.wire.Invitation;

/** {@code pulseboard sync}: folders that several machines keep equal. */
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        subcommands = {SyncCommand.Invite.class, SyncCommand.RunAgent.class, SyncDemo.class},
        description = "Keeps folders of several machines equal.")
final class SyncCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "sync: invite, agent or demo?");
    }

    /** Where the coordinator of this machine listens, as it has noted it. */
    static Invitation invitation(Path coordinator, String folder) throws IOException {
        try {
            JsonObject address = new JsonObject(Files.readString(coordinator.resolve("address.json")));
            Invitation invitation = Invitation.to(
                    address.getString("host"), address.getInteger("port"), address.getString("coordinator"));
            invitation.keep(coordinator.resolve("invitations"), folder, System.currentTimeMillis());
            return invitation;
        } catch (DecodeException | java.nio.file.NoSuchFileException e) {
            throw new UserMistake("sync: no coordinator has run with " + coordinator
                    + "; set sync.enabled: true and start Pulseboard, and run this as the user that it runs as");
        }
    }

    /** {@code pulseboard sync invite}. */
    @Command(
            name = "invite",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = {
                "Prints a code with which one machine can join a folder, once, within 15 minutes.",
                "To be run on the machine whose Pulseboard coordinates (sync.enabled), as the user that it runs as."
            })
    static final class Invite implements Callable<Integer> {

        @Option(names = "--folder", paramLabel = "NAME", required = true, description = "The name of the folder.")
        private String folder = "";

        @Option(names = "--config", paramLabel = "FILE", description = "Read settings from this YAML file.")
        private @Nullable Path file;

        @Override
        public Integer call() throws IOException {
            if (!AgentConfig.NAME.matcher(folder).matches()) {
                throw new UserMistake("sync: a folder has a name of up to 32 small letters, digits, hyphens and"
                        + " underscores, which begins with a letter or digit: not " + folder);
            }
            Config config = Settings.ofThisMachineIfReadable(file).toConfig();
            Path state = config.auth().folderIn(System.getenv());
            Path coordinator = config.board("sync", SyncConfig.class).folderIn(state);
            System.out.println(invitation(coordinator, folder).code());
            return 0;
        }
    }

    /** {@code pulseboard sync agent}. */
    @Command(
            name = "agent",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            usageHelpAutoWidth = true,
            description = {
                "Keeps folders of this machine equal to those of others.",
                "With --join it joins first; afterwards it needs no options, since all is kept in its state folder."
            },
            footer = {
                "",
                "Exit code: 0 it was stopped or has joined, 1 it could not run or was not let in, 2 a mistake in arguments."
            })
    static final class RunAgent implements Callable<Integer> {

        @Option(names = "--join", paramLabel = "CODE", description = "Join with this invitation.")
        private @Nullable String code;

        @Option(
                names = "--folder",
                paramLabel = "NAME=PATH",
                description = "With --join: the folder of the invitation, and where it is on this machine.")
        private Map<String, Path> folders = new TreeMap<>();

        @Option(
                names = "--name",
                paramLabel = "NAME",
                description = "What to call this machine. Without it, its host name.")
        private @Nullable String name;

        @Option(
                names = "--listen",
                paramLabel = "ADDRESS",
                description = "The address of this machine at which other agents fetch contents (127.0.0.1).")
        private String listen = "127.0.0.1";

        @Option(
                names = "--state",
                paramLabel = "FOLDER",
                description =
                        "Where it is kept what is known. Without it, sync-agent in the state folder of this user.")
        private @Nullable Path state;

        @Option(
                names = "--mode",
                paramLabel = "MODE",
                description =
                        "With --join: both, send (nothing that comes from others is put there) or receive (nothing that is changed here is told).")
        private String mode = "both";

        @Option(
                names = "--keep-free",
                paramLabel = "MIB",
                description = "So many MiB of the disk stay free; what does not fit waits (1024).")
        private @Nullable Long keepFree;

        @Option(
                names = "--send-limit",
                paramLabel = "KIB",
                description = "Send contents no faster than so many KiB/s; 0: as fast as it goes.")
        private @Nullable Long sendLimit;

        @Option(
                names = "--receive-limit",
                paramLabel = "KIB",
                description = "Receive contents no faster than so many KiB/s; 0: as fast as it goes.")
        private @Nullable Long receiveLimit;

        @Option(names = "--join-only", description = "Join, and end.")
        private boolean isJoinOnly;

        @Override
        public Integer call() throws IOException, InterruptedException {
            requireUtf8();
            Path kept = state != null
                    ? state.toAbsolutePath()
                    : AuthConfig.DEFAULT.folderIn(System.getenv()).resolve("sync-agent");
            Main.configureLogging(LogConfig.DEFAULT);
            try {
                if (code != null) {
                    join(kept, code);
                    if (isJoinOnly) {
                        return 0;
                    }
                }
                if (!AgentConfig.isIn(kept)) {
                    throw new UserMistake(
                            "sync: this machine has joined no folder; get a code with \"pulseboard sync invite"
                                    + " --folder NAME\" on the coordinator, then give it with --join");
                }
                return run(kept);
            } catch (GeneralSecurityException e) {
                throw new StartFailure("sync: " + e.getMessage());
            }
        }

        private static int run(Path kept) throws IOException, GeneralSecurityException, InterruptedException {
            Agent agent = new Agent(kept);
            Runtime.getRuntime().addShutdownHook(new Thread(agent::close, "stop"));
            agent.start();
            System.err.println("pulseboard sync agent: runs; Ctrl-C ends it");
            agent.await();
            return 0;
        }

        /** Else Java reads names with other letters as question marks, and cannot open what they name. */
        private static void requireUtf8() {
            String encoding = System.getProperty("sun.jnu.encoding", "");
            if (!encoding.equalsIgnoreCase(StandardCharsets.UTF_8.name())) {
                throw new UserMistake("sync: names of files would be read as " + encoding
                        + "; set LC_ALL=C.UTF-8 in the environment of the agent");
            }
        }

        private void join(Path kept, String given) throws IOException, GeneralSecurityException {
            Invitation invitation;
            try {
                invitation = Invitation.of(given);
            } catch (IllegalArgumentException e) {
                throw new UserMistake("sync: --join is no code of an invitation; copy it whole");
            }
            if (folders.size() != 1) {
                throw new UserMistake("sync: say where the folder is on this machine, with --folder NAME=PATH");
            }
            Map<String, String> all = new TreeMap<>();
            folders.forEach((id, path) -> all.put(id, path.toAbsolutePath().toString()));
            for (Path each : folders.values()) {
                Files.createDirectories(each);
            }
            AgentConfig config = config(kept, invitation, all);
            String refusal = Join.join(
                    kept, invitation, config, folders.keySet().iterator().next());
            if (!refusal.isEmpty()) {
                throw new StartFailure("sync: not let in: " + refusal);
            }
        }

        private AgentConfig config(Path kept, Invitation invitation, Map<String, String> all) throws IOException {
            AgentLimits before = AgentLimits.DEFAULT;
            if (AgentConfig.isIn(kept)) {
                AgentConfig known = AgentConfig.in(kept);
                known.folders().forEach(all::putIfAbsent);
                before = known.limits();
            }
            String called = name != null ? name : ownName();
            try {
                AgentLimits limits = limits(before);
                return new AgentConfig(
                        called, invitation.host(), invitation.port(), invitation.coordinator(), listen, all, limits);
            } catch (IllegalArgumentException e) {
                throw new UserMistake("sync: " + e.getMessage());
            }
        }

        private AgentLimits limits(AgentLimits before) {
            Map<String, String> modes = new TreeMap<>(before.modes());
            modes.put(folders.keySet().iterator().next(), mode);
            return new AgentLimits(
                    keepFree == null ? before.keepFreeBytes() : Math.multiplyExact(keepFree, 1L << 20),
                    sendLimit == null ? before.sendBytesPerSecond() : Math.multiplyExact(sendLimit, 1_024L),
                    receiveLimit == null ? before.receiveBytesPerSecond() : Math.multiplyExact(receiveLimit, 1_024L),
                    modes);
        }

        private static String ownName() throws IOException {
            String host = InetAddress.getLocalHost().getHostName().toLowerCase(java.util.Locale.ROOT);
            String plain =
                    host.replaceAll("\\..*", "").replaceAll("[^a-z0-9_-]", "-").replaceAll("^[-_]+", "");
            return plain.isEmpty() ? "machine" : plain.substring(0, Math.min(32, plain.length()));
        }
    }
}

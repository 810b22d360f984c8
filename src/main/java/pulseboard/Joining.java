package pulseboard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import pulseboard.fleet.HubClient;
import pulseboard.fleet.Membership;
import pulseboard.link.KeyPin;
import pulseboard.link.LinkConfig;
import pulseboard.link.LinkTarget;
import pulseboard.top.TlsTrust;

/** What the commands of a machine that joins have in common: where that is kept, and whom it asks. */
final class Joining {

    private Joining() {}

    /** Where it is looked for: beside the settings that are named, or in the state folder and then beside those of the service. */
    static List<Path> places(@Nullable Path config, Config settings) {
        return config != null
                ? List.of(config.toAbsolutePath().resolveSibling(Membership.FILE))
                : List.of(own(settings), Settings.OF_THE_SERVICE.resolveSibling(Membership.FILE));
    }

    /** In the state folder. */
    static Path own(Config settings) {
        return settings.auth().folderIn(System.getenv()).resolve(Membership.FILE);
    }

    /** Where {@code join} keeps it: the service has to find it, where there is one. */
    static Path place(@Nullable Path config, Config settings) {
        Path ofTheService = Settings.OF_THE_SERVICE.getParent();
        return config == null && ofTheService != null && Files.isDirectory(ofTheService)
                ? ofTheService.resolve(Membership.FILE)
                : places(config, settings).get(0);
    }

    /** What was joined before; nothing if nothing was. */
    static Optional<Membership> find(@Nullable Path config, Config settings) throws IOException {
        for (Path place : places(config, settings)) {
            Optional<Membership> found = Files.isReadable(place) ? Membership.read(place) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /**
     * Where a link goes to.
     *
     * @throws UserMistake when that is no address, or not safe
     */
    static LinkTarget target(String address, String token, Trust trust) {
        try {
            return LinkTarget.of(address, token, trust.caFile(), trust.isPlain())
                    .pinned(trust.pin());
        } catch (IllegalArgumentException e) {
            throw new UserMistake(String.valueOf(e.getMessage()));
        }
    }

    /** The same, of what was joined. */
    static LinkTarget target(Membership joined, Trust trust) {
        KeyPin pinned = joined.pin().isEmpty() ? trust.pin() : new KeyPin(joined.pin());
        return target(
                joined.hub(), joined.token(), new Trust(trust.caFile(), pinned, trust.isPlain() || joined.isPlain()));
    }

    /**
     * Whom to believe, of the other end.
     *
     * @param caFile certificates to trust; null: those of Java
     * @param pin the key to trust, and no other; null: certificates
     * @param isPlain whether it may go unencrypted
     */
    record Trust(@Nullable Path caFile, @Nullable KeyPin pin, boolean isPlain) {

        static Trust of(@Nullable Path caFile, @Nullable String pin, boolean isPlain, LinkConfig settings) {
            String key = pin == null ? settings.pin() : pin;
            try {
                return new Trust(
                        caFile != null || settings.caFile().isEmpty() ? caFile : Path.of(settings.caFile()),
                        key.isEmpty() ? null : new KeyPin(key),
                        isPlain || settings.plain());
            } catch (IllegalArgumentException e) {
                throw new UserMistake("--pin: " + e.getMessage());
            }
        }

        HubClient client(URI hub) throws IOException {
            SSLContext context = caFile == null ? null : TlsTrust.in(caFile);
            return new HubClient(hub, context, pin);
        }
    }

    /** What is shown there: a code, and what this machine is to be called; null: its host name. */
    record Shown(String code, @Nullable String name) {}

    /** Joins, and keeps that in a file. */
    static Membership join(String address, Shown shown, Trust trust, Path file)
            throws IOException, InterruptedException {
        LinkTarget target = target(address, "none", trust);
        String name = shown.name() == null ? hostName() : shown.name();
        Membership joined = trust.client(target.hub())
                .join(shown.code(), name, file, trust.isPlain())
                .at(target.toString());
        joined.write(file, "pulseboard");
        return joined;
    }

    /** What the kernel says, without asking the network. */
    static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException unknown) {
                return "localhost";
            }
        }
    }
}

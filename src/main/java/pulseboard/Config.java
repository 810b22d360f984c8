package pulseboard;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import pulseboard.alert.AlertConfig;
import pulseboard.auth.AuthConfig;
import pulseboard.auth.OidcConfig;
import pulseboard.board.host.HostValues;
import pulseboard.fleet.NatsConfig;
import pulseboard.history.HistoryConfig;
import pulseboard.link.LinkConfig;
import pulseboard.prometheus.write.RemoteWriteConfig;
import pulseboard.web.TlsConfig;
import pulseboard.web.WebConfig;

/**
 * All settings, as one tree. The name of a setting is its path in this tree ({@code web.port}); its environment variable is
 * that path in capitals ({@code PULSEBOARD_WEB_PORT}).
 *
 * @param web the HTTP server and the bridge
 * @param tls encryption without a proxy
 * @param auth who may see what
 * @param oidc sign-in with a provider
 * @param fleet links to and from other machines
 * @param nats what several hubs share
 * @param work the process in which jobs run
 * @param alerts whether boards are judged
 * @param boards of each line in {@link Deployment#BOARDS}, by its name
 * @param history what the boards showed before
 * @param remoteWrite where metrics are pushed to
 * @param log what is logged where
 */
public record Config(
        WebConfig web,
        TlsConfig tls,
        AuthConfig auth,
        OidcConfig oidc,
        LinkConfig fleet,
        NatsConfig nats,
        WorkConfig work,
        AlertConfig alerts,
        Map<String, Record> boards,
        HistoryConfig history,
        RemoteWriteConfig remoteWrite,
        LogConfig log) {

    /** What is used unless somebody says otherwise. */
    public static final Config DEFAULT = new Config(
            WebConfig.DEFAULT,
            TlsConfig.DEFAULT,
            AuthConfig.DEFAULT,
            OidcConfig.DEFAULT,
            LinkConfig.DEFAULT,
            NatsConfig.DEFAULT,
            WorkConfig.DEFAULT,
            AlertConfig.DEFAULT,
            Deployment.defaults(Deployment.BOARDS),
            HistoryConfig.DEFAULT,
            RemoteWriteConfig.DEFAULT,
            LogConfig.DEFAULT);

    /** Checks what no group of settings can know alone. */
    public Config {
        if (!HostValues.NAMES.containsAll(web.publicValues())) {
            throw new IllegalArgumentException("web.publicValues must hold some of "
                    + String.join(", ", HostValues.NAMES) + ", not " + String.join(", ", web.publicValues()));
        }
    }

    /** Those of links. Each hub has a history of its own, so of several each keeps what all know: a machine that moves would be half in each. */
    LinkConfig links() {
        return nats.isOn() ? fleet.keepingSummary() : fleet;
    }

    /** Where this machine's Pulseboard is, for a program on the same machine; nothing when it takes any free port. */
    Optional<String> localAddress() {
        return web.port() == 0 ? Optional.empty() : Optional.of(localAddress(web.port()));
    }

    /** The same, when it is known which port it is. */
    String localAddress(int port) {
        String host = web.host();
        String near = host.equals("0.0.0.0") ? "127.0.0.1" : host.equals("::") ? "::1" : host;
        return "http" + (tls.isOn() ? "s" : "") + "://" + (near.contains(":") ? "[" + near + "]" : near) + ":" + port
                + "/";
    }

    /**
     * The settings of one line in the list of boards.
     *
     * @throws RuntimeException when there are none of that name, or they are of another type
     */
    <C extends Record> C board(String name, Class<C> type) {
        return Objects.requireNonNull(type.cast(boards.get(name)), name);
    }
}

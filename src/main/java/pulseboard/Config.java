package pulseboard;

import java.util.Map;
import java.util.Objects;
import pulseboard.auth.AuthConfig;
import pulseboard.auth.OidcConfig;
import pulseboard.history.HistoryConfig;
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
            Deployment.defaults(Deployment.BOARDS),
            HistoryConfig.DEFAULT,
            RemoteWriteConfig.DEFAULT,
            LogConfig.DEFAULT);

    /**
     * The settings of one line in the list of boards.
     *
     * @throws RuntimeException when there are none of that name, or they are of another type
     */
    <C extends Record> C board(String name, Class<C> type) {
        return Objects.requireNonNull(type.cast(boards.get(name)), name);
    }
}

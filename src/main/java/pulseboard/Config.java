package pulseboard;

import pulseboard.auth.AuthConfig;
import pulseboard.auth.OidcConfig;
import pulseboard.history.HistoryConfig;
import pulseboard.host.HostConfig;
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
 * @param host the host boards
 * @param history what the boards showed before
 * @param remoteWrite where metrics are pushed to
 * @param log what is logged where
 */
public record Config(
        WebConfig web,
        TlsConfig tls,
        AuthConfig auth,
        OidcConfig oidc,
        HostConfig host,
        HistoryConfig history,
        RemoteWriteConfig remoteWrite,
        LogConfig log) {

    /** What is used unless somebody says otherwise. */
    public static final Config DEFAULT = new Config(
            WebConfig.DEFAULT,
            TlsConfig.DEFAULT,
            AuthConfig.DEFAULT,
            OidcConfig.DEFAULT,
            HostConfig.DEFAULT,
            HistoryConfig.DEFAULT,
            RemoteWriteConfig.DEFAULT,
            LogConfig.DEFAULT);
}

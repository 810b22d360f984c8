package pulseboard.alert.channel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** An address of the web that is told, or that is a secret itself, as those of Slack are. */
final class WebAddress {

    private final String told;
    private final Secret hidden;

    private WebAddress(String told, Secret hidden) {
        this.told = told;
        this.hidden = hidden;
    }

    /** One that must be there: under this key, or in a file or variable that is named with it. */
    static WebAddress of(ChannelSettings settings, String key) {
        Secret hidden = settings.secret(key);
        String told = settings.address(key, "");
        if (told.isEmpty() && hidden.isNone()) {
            throw settings.mistake(
                    key,
                    "is missing, such as https://example.net/path; when it is a secret, the file that holds it as "
                            + key + ChannelSettings.FILE);
        }
        if (!told.isEmpty() && !hidden.isNone()) {
            throw settings.mistake(key, "is set twice: once is enough");
        }
        return new WebAddress(told, hidden);
    }

    /** One that is a secret. */
    static WebAddress of(Secret hidden) {
        return new WebAddress("", hidden);
    }

    /** What it is now. */
    Future<URI> read(Vertx vertx, ChannelContext context) {
        if (!told.isEmpty()) {
            return Future.succeededFuture(URI.create(told));
        }
        return hidden.read(vertx, context)
                .compose(text -> ChannelSettings.isAddress(text)
                        ? Future.succeededFuture(URI.create(text))
                        : Future.failedFuture(new ChannelFailure(
                                hidden.key() + ": what it holds is no address such as https://example.net/path",
                                false,
                                0)));
    }

    /** What of it must not be told: path and query of one that is a secret, values of the query of any. */
    List<String> secrets(URI address) {
        List<String> secrets = new ArrayList<>();
        String query = address.getRawQuery();
        if (query != null) {
            secrets.add(query);
            for (String part : query.split("&", -1)) {
                secrets.add(part.substring(part.indexOf('=') + 1));
            }
        }
        if (told.isEmpty()) {
            secrets.add(0, address.toString());
            secrets.add(address.getRawPath());
            secrets.addAll(List.of(address.getRawPath().split("/", -1)));
        }
        return secrets;
    }
}

package pulseboard.alert;

import java.net.URI;

/**
 * Settings of the verdict.
 *
 * @param enabled whether boards are judged at all
 * @param folder where files of rules are; empty: nowhere, unless there is a settings file and {@code alerts.d} beside it
 * @param publicUrl where people open the page, for links in messages; empty: there are none
 */
public record AlertConfig(boolean enabled, String folder, String publicUrl) {

    /** What is used unless somebody says otherwise. */
    public static final AlertConfig DEFAULT = new AlertConfig(true, "", "");

    /** Checks the address. */
    public AlertConfig {
        if (!publicUrl.isEmpty() && !isAddress(publicUrl)) {
            throw new IllegalArgumentException(
                    "alerts.publicUrl must be an address such as https://monitor.example.net/, not " + publicUrl);
        }
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = URI.create(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Where the page shows alerts; empty when that is not known. */
    String linkToAlerts() {
        return publicUrl.isEmpty() ? "" : publicUrl + (publicUrl.endsWith("/") ? "" : "/") + "#/boards/alerts";
    }
}

package pulseboard.board.uploads.config;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Settings of an rclone that somebody else has started with its remote control, to be shown and never commanded.
 *
 * @param url where that listens, such as {@code http://127.0.0.1:5572/}
 * @param user its {@code --rc-user}; empty: it has none
 * @param passwordFile a file with its {@code --rc-pass}; empty: it has none
 */
public record AttachedConfig(String url, String user, String passwordFile) {

    /** What is used unless somebody says otherwise. */
    public static final AttachedConfig DEFAULT = new AttachedConfig("", "", "");

    /**
     * Checks the values, once it is known how it is called.
     *
     * @param key the name of the group of these settings, which messages begin with
     * @throws IllegalArgumentException when one of them cannot be
     */
    void check(String key) {
        if (!isAddress()) {
            throw new IllegalArgumentException(key
                    + ".url must be an address without user and password, such as http://127.0.0.1:5572/, not "
                    + (url.isEmpty() ? "empty" : url));
        }
        if (user.isEmpty() && !passwordFile.isEmpty()) {
            throw new IllegalArgumentException(key + ".user must be set where there is a passwordFile");
        }
    }

    private boolean isAddress() {
        try {
            URI address = new URI(url);
            return url.matches("(?i)https?://.*")
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}

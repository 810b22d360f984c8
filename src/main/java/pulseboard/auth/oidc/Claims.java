package pulseboard.auth.oidc;

import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the provider claims of somebody.
 *
 * @param subject the one thing that is always there and never given to another
 * @param values by name
 */
record Claims(String subject, Map<String, Object> values) {

    private static final int MOST_CHARACTERS = 255;

    static Claims of(ClaimsSet set) {
        return new Claims(String.valueOf(set.getStringClaim("sub")), set.toJSONObject());
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    /**
     * These, and of others what is missing here.
     *
     * @throws Refusal when the others are another person's
     */
    Claims or(Claims others) throws Refusal {
        if (!others.subject.equals(subject)) {
            throw new Refusal(Refusal.Kind.FAILED, "the ID token is one user's, and the user info another's");
        }
        Map<String, Object> all = new LinkedHashMap<>(others.values);
        all.putAll(values);
        return new Claims(subject, all);
    }

    /** The text of this claim, or the subject if it is missing or no name. */
    String name(String claim) throws Refusal {
        String wanted = values.get(claim) instanceof String text && isName(text) ? text.strip() : subject;
        if (!isName(wanted)) {
            throw new Refusal(Refusal.Kind.FAILED, "neither " + claim + " nor sub is a name");
        }
        return wanted;
    }

    private static boolean isName(String text) {
        return !text.isBlank()
                && text.length() <= MOST_CHARACTERS
                && text.codePoints().allMatch(each -> switch (Character.getType(each)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE -> false;
                    default -> true;
                });
    }

    /** The texts of this claim, which is a list of them or one. */
    Set<String> texts(String claim) {
        Object value = values.get(claim);
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.toSet());
        }
        return value instanceof String text ? Set.of(text) : Set.of();
    }
}

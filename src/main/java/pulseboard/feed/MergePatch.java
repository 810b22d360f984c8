package pulseboard.feed;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * JSON Merge Patch, <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>: an object that holds the members which
 * differ, {@code null} where a member is to be removed. Arrays are replaced whole.
 */
public final class MergePatch {

    private MergePatch() {}

    /**
     * Returns the patch that turns one state into another; empty when they are equal. Neither may contain {@code null},
     * which a merge patch cannot express as a value. Subtrees that are the same instance are taken as equal unread.
     */
    public static JsonObject diff(JsonObject from, JsonObject to) {
        JsonObject patch = new JsonObject();
        for (Map.Entry<String, Object> member : to) {
            diffMember(patch, member.getKey(), from.getValue(member.getKey()), member.getValue());
        }
        for (String key : from.fieldNames()) {
            if (!to.containsKey(key)) {
                patch.putNull(key);
            }
        }
        return patch;
    }

    @SuppressWarnings("ReferenceEquality") // The same instance needs no look inside; another one gets it.
    private static void diffMember(JsonObject patch, String key, @Nullable Object before, Object after) {
        if (before instanceof JsonObject from && after instanceof JsonObject to) {
            if (from != to) {
                JsonObject inner = diff(from, to);
                if (!inner.isEmpty()) {
                    patch.put(key, inner);
                }
            }
        } else if (!Objects.equals(before, after)) {
            patch.put(key, after);
        }
    }

    /**
     * Applies a patch by the RFC's own algorithm and returns the result. Neither argument is changed; the result may
     * share subtrees with both.
     *
     * @param target any JSON value as Vert.x represents it
     * @param patch any JSON value; anything but an object replaces the target
     */
    public static @Nullable Object apply(@Nullable Object target, @Nullable Object patch) {
        if (!(patch instanceof JsonObject members)) {
            return patch;
        }
        JsonObject result = new JsonObject();
        if (target instanceof JsonObject object) {
            object.forEach(member -> result.put(member.getKey(), member.getValue()));
        }
        for (Map.Entry<String, Object> member : members) {
            if (member.getValue() == null) {
                result.remove(member.getKey());
            } else {
                result.put(member.getKey(), apply(result.getValue(member.getKey()), member.getValue()));
            }
        }
        return result;
    }
}

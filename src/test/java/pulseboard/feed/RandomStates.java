package pulseboard.feed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;

/** Random board states without nulls, of few keys, so that two of them have much in common. */
final class RandomStates {

    private static final List<String> KEYS = List.of(
            "", "a", "b", "a/b", "a~b", "__proto__", "constructor", "sda 1", "größe", "温度", "\uD83D\uDD25", "\"");

    private final Random random;

    RandomStates(long seed) {
        random = new Random(seed);
    }

    JsonObject next() {
        return object(3);
    }

    /** The same state with a few members changed, as from one tick to the next. */
    JsonObject next(JsonObject before) {
        JsonObject state = before.copy();
        for (int change = random.nextInt(3); change >= 0; change--) {
            if (random.nextInt(4) == 0) {
                state.remove(key());
            } else {
                state.put(key(), value(3));
            }
        }
        return state;
    }

    /** A choice that is true once in so many times. */
    boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    private JsonObject object(int depth) {
        JsonObject object = new JsonObject();
        for (int member = random.nextInt(6); member > 0; member--) {
            object.put(key(), value(depth - 1));
        }
        return object;
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> random.nextInt(3);
            case 1 -> 5_000_000_000L + random.nextInt(3);
            case 2 -> random.nextInt(3) / 10.0;
            case 3 -> random.nextBoolean();
            case 4 -> "text " + key();
            case 5 -> array(depth);
            default -> object(depth);
        };
    }

    private JsonArray array(int depth) {
        JsonArray array = new JsonArray();
        for (int item = random.nextInt(3); item > 0; item--) {
            array.add(depth > 0 ? value(depth - 1) : Integer.valueOf(random.nextInt(3)));
        }
        return array;
    }

    private String key() {
        return KEYS.get(random.nextInt(KEYS.size()));
    }
}

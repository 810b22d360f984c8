package pulseboard.board.s3;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The settings of one job as a settings file, so that a run keeps those that it was started with. */
final class SettingsDocument {

    private SettingsDocument() {}

    static JsonObject of(String job, S3Config config) {
        JsonObject group = members(config);
        group.put(
                "jobs",
                new JsonObject()
                        .put(job, members(Objects.requireNonNull(config.jobs().get(job), job))));
        return new JsonObject().put("s3", group);
    }

    private static JsonObject members(Record settings) {
        JsonObject json = new JsonObject();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(settings);
                if (value instanceof List<?> list) {
                    json.put(component.getName(), new JsonArray(list));
                } else if (!(value instanceof Map)) {
                    json.put(component.getName(), value);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return json;
    }
}

package pulseboard.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import pulseboard.feed.ActionInfo;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.Parameter;
import pulseboard.feed.ResourceInfo;

/** Describes what boards do and serve by themselves, as <a href="https://spec.openapis.org/oas/v3.0.3">OpenAPI 3.0</a>. */
final class OpenApi {

    private static final Pattern PARAMETER = Pattern.compile(":([A-Za-z0-9.-]+)");
    private static final String ERROR = "#/components/responses/";

    private OpenApi() {}

    /** The description of the API, with the actions and resources of these boards. */
    @SuppressWarnings("unchecked") // YAML of ours, whose keys are texts.
    static JsonObject describe(String yaml, List<BoardInfo> boards) {
        Load load = new Load(LoadSettings.builder().build());
        JsonObject all = new JsonObject((Map<String, Object>) load.loadFromString(yaml)).copy();
        JsonObject paths = all.getJsonObject("paths");
        for (BoardInfo board : boards) {
            String path = Boards.PATH + "/" + board.id() + "/";
            board.actions()
                    .forEach((name, action) ->
                            paths.put(path + "actions/" + name, new JsonObject().put("post", action(board, action))));
            for (ResourceInfo resource : board.resources()) {
                String key = path + PARAMETER.matcher(resource.path()).replaceAll(part -> '{' + part.group(1) + '}');
                JsonObject methods = paths.getJsonObject(key, new JsonObject());
                paths.put(key, methods.put(resource.method().toLowerCase(Locale.ROOT), resource(board, resource)));
            }
        }
        return all;
    }

    private static JsonObject action(BoardInfo board, ActionInfo action) {
        JsonObject properties = new JsonObject();
        JsonArray required = new JsonArray();
        action.takes().forEach((name, parameter) -> {
            properties.put(name, schema(parameter));
            if (parameter.isRequired()) {
                required.add(name);
            }
        });
        JsonObject schema = new JsonObject().put("type", "object").put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return new JsonObject()
                .put("summary", action.description())
                .put(
                        "description",
                        "Needs " + (action.isForOneself() ? "read" : "act") + ":board." + board.id()
                                + (action.isForAdmins() ? " and the role admin." : "."))
                .put("requestBody", content(schema).put("required", !required.isEmpty()))
                .put(
                        "responses",
                        answers(content(new JsonObject().put("type", "object"))).put("400", reference("BadParameter")));
    }

    private static JsonObject schema(Parameter parameter) {
        return JsonObject.of("type", parameter.type().text(), "description", parameter.description());
    }

    private static JsonObject resource(BoardInfo board, ResourceInfo resource) {
        JsonArray parameters = new JsonArray();
        Matcher matcher = PARAMETER.matcher(resource.path());
        while (matcher.find()) {
            parameters.add(JsonObject.of("name", matcher.group(1), "in", "path", "required", true)
                    .put("schema", JsonObject.of("type", "string")));
        }
        return new JsonObject()
                .put("summary", resource.description())
                .put(
                        "description",
                        "Needs " + (resource.needsToAct() ? "act" : "read") + ":board." + board.id()
                                + (resource.isForAdmins() ? " and the role admin." : "."))
                .put("parameters", parameters)
                .put("responses", answers(new JsonObject()));
    }

    private static JsonObject answers(JsonObject good) {
        return new JsonObject()
                .put("200", good.put("description", "Done"))
                .put("401", reference("LoginRequired"))
                .put("403", reference("Forbidden"))
                .put("404", reference("UnknownBoard"))
                .put("503", reference("Unavailable"));
    }

    private static JsonObject content(JsonObject schema) {
        return new JsonObject()
                .put("content", new JsonObject().put("application/json", new JsonObject().put("schema", schema)));
    }

    private static JsonObject reference(String answer) {
        return JsonObject.of("$ref", ERROR + answer);
    }
}

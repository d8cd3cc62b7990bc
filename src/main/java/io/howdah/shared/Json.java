package io.howdah.shared;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.lang.reflect.Type;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records and maps as JSON, for columns whose shape belongs to one feature alone. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultVisibility(visibility -> visibility
                    .withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE)
                    .withFieldVisibility(Visibility.ANY))
            .build();

    private Json() {}

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** The same text for equal values: names in their order, and nothing but what the value is made of. */
    public static String canonical(Object value) {
        return CANONICAL.writeValueAsString(value);
    }

    /**
     * The parts of what {@link #canonical} made of a map.
     *
     * @param names the parts wanted, each of the type at the same place
     */
    public static Object[] readAll(String json, String[] names, Type[] types) {
        JsonNode parts = CANONICAL.readTree(json);
        Object[] values = new Object[names.length];
        for (int i = 0; i < names.length; i++) {
            values[i] = CANONICAL.treeToValue(
                    parts.path(names[i]), CANONICAL.getTypeFactory().constructType(types[i]));
        }
        return values;
    }

    public static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    public static Map<String, String> readMap(String json) {
        return MAPPER.readValue(json, new TypeReference<Map<String, String>>() {});
    }
}

package io.howdah.engine;

/** A table by its schema and its name. */
public record TableName(String schema, String name) {

    @Override
    public String toString() {
        return schema + "." + name;
    }
}

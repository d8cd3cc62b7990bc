package io.howdah.shared;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.UUID;

/**
 * A UUID in a collection's column, which takes its text. Left alone, the persistence provider makes bytes of UUIDs in
 * collections, and the column refuses those; what it reads is a UUID already.
 */
@Converter
public class UuidText implements AttributeConverter<UUID, Object> {

    @Override
    public Object convertToDatabaseColumn(UUID id) {
        return id == null ? null : id.toString();
    }

    @Override
    public UUID convertToEntityAttribute(Object column) {
        return column == null ? null : UUID.fromString(column.toString());
    }
}

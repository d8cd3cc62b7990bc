package io.howdah.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a query found.
 *
 * @param rows values as text, as many as there are columns; null stands for NULL
 * @param more whether there are more rows than were wanted
 */
public record QueryResult(List<String> columns, List<List<String>> rows, boolean more) {

    public QueryResult {
        columns = List.copyOf(columns);
        rows = rows.stream()
                .map(row -> Collections.unmodifiableList(new ArrayList<>(row)))
                .toList();
    }
}

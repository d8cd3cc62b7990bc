package io.howdah;

import com.vaadin.flow.router.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pages there are, read from the classes. */
final class Routes {

    private Routes() {}

    /** Those that only who is signed in sees, with these for their parameters; home last. */
    static List<String> pages(String server, String team) {
        Map<String, String> named = Map.of(":name", server, ":team", team, ":schedule", "new");
        return routes().stream()
                .map(route -> Stream.of(route.split("/"))
                        .map(part -> named.getOrDefault(part, part))
                        .collect(Collectors.joining("/")))
                // Everybody begins at home; there is no way there from there.
                .sorted(Comparator.comparing(String::isEmpty))
                .filter(path -> !path.contains(":"))
                .toList();
    }

    private static List<String> routes() {
        Path classes = Path.of("target/classes");
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.matches("io/howdah/(shell|\\w+/ui)/\\w+\\.class"))
                    .map(file -> file.replace(".class", "").replace('/', '.'))
                    .map(Routes::route)
                    .filter(route -> route != null && route.autoLayout())
                    .map(Route::value)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Route route(String name) {
        try {
            return Class.forName(name, false, Routes.class.getClassLoader()).getAnnotation(Route.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}

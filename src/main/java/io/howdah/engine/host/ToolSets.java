package io.howdah.engine.host;

import io.howdah.engine.EngineVersion;
import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The PostgreSQL programs installed on the host, each version in a directory of its own. */
final class ToolSets {

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\.\\d+)");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** One version's programs. */
    record ToolSet(int major, String full, Path bin) {
        Path program(String name) {
            return bin.resolve(name);
        }

        /** Whether PostgreSQL can load it: beside the programs, where each kind of package puts it. */
        boolean hasLibrary(String name) {
            Path above = bin.getParent();
            return Stream.of("lib", "lib/postgresql", "lib64/postgresql")
                    .anyMatch(folder -> Files.exists(above.resolve(folder).resolve(name + ".so")));
        }
    }

    private record Seen(FileTime changed, ToolSet tools) {}

    /** What a program says of itself is the same whoever asks it. */
    private static final Map<Path, Seen> SEEN = new ConcurrentHashMap<>();

    private final List<Path> roots;

    ToolSets(List<Path> roots) {
        this.roots = roots;
    }

    List<EngineVersion> versions() {
        return newestByMajor().values().stream()
                .map(tools -> new EngineVersion(tools.major(), tools.full()))
                .sorted(Comparator.comparingInt(EngineVersion::major).reversed())
                .toList();
    }

    Optional<ToolSet> newest() {
        return newestByMajor().values().stream().max(Comparator.comparingInt(ToolSet::major));
    }

    Optional<ToolSet> find(int major) {
        return Optional.ofNullable(newestByMajor().get(major));
    }

    /** @throws EngineFault VersionNotAvailable */
    ToolSet require(int major) {
        Map<Integer, ToolSet> found = newestByMajor();
        ToolSet tools = found.get(major);
        if (tools == null) {
            String installed =
                    found.keySet().stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
            throw EngineFault.lasting(
                    null,
                    ProblemCode.VersionNotAvailable,
                    Integer.toString(major),
                    installed.isEmpty() ? "none" : installed);
        }
        return tools;
    }

    private Map<Integer, ToolSet> newestByMajor() {
        Map<Integer, ToolSet> found = new ConcurrentHashMap<>();
        for (Path bin : directories()) {
            ToolSet tools = examine(bin);
            if (tools != null) {
                found.merge(tools.major(), tools, (a, b) -> minor(a) >= minor(b) ? a : b);
            }
        }
        return found;
    }

    private static int minor(ToolSet tools) {
        return Integer.parseInt(tools.full().substring(tools.full().indexOf('.') + 1));
    }

    private List<Path> directories() {
        List<Path> found = new ArrayList<>();
        for (Path root : roots) {
            found.add(root.resolve("bin"));
            found.addAll(below(root, "*"));
        }
        found.addAll(below(Path.of("/usr/lib/postgresql"), "*"));
        found.addAll(below(Path.of("/usr"), "pgsql-*"));
        return found;
    }

    private static List<Path> below(Path directory, String glob) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(directory, glob)) {
                children.forEach(child -> found.add(child.resolve("bin")));
            } catch (IOException e) {
                return found;
            }
        }
        return found;
    }

    private ToolSet examine(Path bin) {
        Path postgres = bin.resolve("postgres");
        try {
            if (!Files.isExecutable(postgres) || !Files.isExecutable(bin.resolve("initdb"))) {
                return null;
            }
            FileTime changed = Files.getLastModifiedTime(postgres);
            Seen known = SEEN.get(bin);
            if (known != null && known.changed().equals(changed)) {
                return known.tools();
            }
            Matcher version = VERSION.matcher(new Command(TIMEOUT, postgres.toString(), "--version")
                    .attempt()
                    .output());
            ToolSet tools = version.find()
                    ? new ToolSet(Integer.parseInt(version.group(2)), version.group(1), bin.toRealPath())
                    : null;
            if (tools != null) {
                SEEN.put(bin, new Seen(changed, tools));
            }
            return tools;
        } catch (IOException e) {
            return null;
        }
    }
}

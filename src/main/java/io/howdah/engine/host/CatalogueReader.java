package io.howdah.engine.host;

import io.howdah.engine.BackupCatalogue;
import io.howdah.engine.BackupInfo;
import io.howdah.engine.BackupKind;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a repository holds, through the tool's JSON. */
final class CatalogueReader {

    /** Under this name a backup's notes say which unit of work took it. */
    static final String UNIT = "howdah-unit";

    /** The tool's "other": its message says why it can't read. */
    private static final int UNREADABLE = 99;

    private static final Pattern NOT_DECIPHERED = Pattern.compile("(FormatError|CryptoError)");
    private static final Pattern SEGMENT = Pattern.compile("(?:.*/)?([0-9A-F]{24})-[0-9a-f]{40}(?:\\..+)?");
    private static final Pattern HISTORY = Pattern.compile("([0-9A-F]{8})\\.history");
    private static final Pattern FORK = Pattern.compile("^(\\d+)\\s+([0-9A-F]+/[0-9A-F]+)", Pattern.MULTILINE);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Histories never change: what was read of one is kept, by repository and name. */
    private final Map<String, WalArchive.Fork> histories = new ConcurrentHashMap<>();

    /** What is there, as far as it can be restored from. */
    record Contents(
            List<WalArchive.Base> bases, WalArchive archive, int majorVersion, long repositoryBytes, boolean locked) {

        static final Contents EMPTY = new Contents(List.of(), WalArchive.EMPTY, 0, 0, false);

        /** @param certain by timeline, up to when all is known to be there */
        BackupCatalogue catalogue(boolean growing, Map<Integer, Instant> certain) {
            return new BackupCatalogue(
                    bases.stream().map(WalArchive.Base::backup).toList(),
                    archive.spans(bases, growing, certain),
                    majorVersion,
                    archive.newest(),
                    repositoryBytes);
        }

        WalArchive.Base base(String label) {
            return bases.stream()
                    .filter(base -> base.backup().label().equals(label))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** @throws EngineFault BackupToolFailed */
    Contents read(Repository repository, PgBackRest tool) {
        if (!repository.hasStanza()) {
            return Contents.EMPTY;
        }
        try {
            JsonNode stanza = info(tool.require("info", "--output=json"));
            JsonNode archives = stanza.path("archive");
            List<WalArchive.Base> bases = new ArrayList<>();
            long bytes = 0;
            for (JsonNode node : stanza.path("backup")) {
                bases.add(base(node));
                bytes += node.path("info").path("repository").path("delta").asLong();
            }
            String id = archives.path(archives.size() - 1).path("id").asString("");
            int major = id.isEmpty() ? version(stanza) : Integer.parseInt(id.replaceFirst("[.-].*", ""));
            boolean locked = stanza.path("status")
                    .path("lock")
                    .path("backup")
                    .path("held")
                    .asBoolean();
            if (id.isEmpty()) {
                return new Contents(bases, WalArchive.EMPTY, major, bytes, locked);
            }
            String path = "archive/" + Repository.STANZA + "/" + id;
            JsonNode files = JSON.readTree(tool.require("repo-ls", path, "--recurse", "--output=json"));
            for (JsonNode file : files) {
                bytes += file.path("size").asLong();
            }
            return new Contents(bases, archive(repository, tool, path, files), major, bytes, locked);
        } catch (JacksonException e) {
            throw EngineFault.lasting(e.getMessage(), ProblemCode.BackupToolFailed, Messages.text("engine.fault.json"));
        }
    }

    /** What the tool can't read it reports as empty: taken so, all that is known of the backups would be forgotten. */
    private static JsonNode info(String said) {
        try {
            JsonNode stanza = JSON.readTree(said).path(0);
            JsonNode status = stanza.path("repo").path(0).path("status");
            if (status.path("code").asInt() == UNREADABLE) {
                throw unreadable(status.path("message").asString(""));
            }
            return stanza;
        } catch (JacksonException e) {
            // Of what it can't decipher it quotes bytes that are no text.
            throw unreadable(said);
        }
    }

    private static EngineFault unreadable(String said) {
        String printable = said.replaceAll("[^\\x20-\\x7E\\n]", "?");
        return NOT_DECIPHERED.matcher(said).find()
                ? EngineFault.lasting(printable, ProblemCode.RepositoryKeyDiffers)
                : EngineFault.passing(printable, ProblemCode.BackupToolFailed, Messages.text("engine.fault.catalogue"));
    }

    private static int version(JsonNode stanza) {
        JsonNode known = stanza.path("db");
        String version = known.path(known.size() - 1).path("version").asString("0");
        return Integer.parseInt(version.replaceFirst("\\..*", ""));
    }

    private static WalArchive.Base base(JsonNode node) {
        Map<String, String> notes = new TreeMap<>();
        node.path("annotation")
                .properties()
                .forEach(entry -> notes.put(entry.getKey(), entry.getValue().asString()));
        String unit = notes.remove(UNIT);
        WalSegment first = WalSegment.of(node.path("archive").path("start").asString());
        WalSegment last = WalSegment.of(node.path("archive").path("stop").asString());
        BackupInfo backup = new BackupInfo(
                node.path("label").asString(),
                kind(node.path("type").asString()),
                node.path("prior").isNull() ? null : node.path("prior").asString(),
                unit == null ? null : UUID.fromString(unit),
                notes,
                Instant.ofEpochSecond(node.path("timestamp").path("start").asLong()),
                Instant.ofEpochSecond(node.path("timestamp").path("stop").asLong()),
                last.timeline(),
                node.path("info").path("size").asLong(),
                node.path("info").path("repository").path("delta").asLong(),
                node.path("error").asBoolean());
        return new WalArchive.Base(
                backup,
                first,
                last,
                WalSegment.lsn(node.path("lsn").path("stop").asString()));
    }

    private static BackupKind kind(String type) {
        return switch (type) {
            case "full" -> BackupKind.FULL;
            case "diff" -> BackupKind.DIFFERENTIAL;
            default -> BackupKind.INCREMENTAL;
        };
    }

    private WalArchive archive(Repository repository, PgBackRest tool, String path, JsonNode files) {
        TreeMap<WalSegment, Instant> segments = new TreeMap<>();
        Map<Integer, WalArchive.Fork> forks = new HashMap<>();
        Map<Integer, Instant> born = new HashMap<>();
        files.properties().forEach(entry -> {
            Instant came = Instant.ofEpochSecond(entry.getValue().path("time").asLong());
            Matcher segment = SEGMENT.matcher(entry.getKey());
            Matcher history = HISTORY.matcher(entry.getKey());
            if (segment.matches()) {
                segments.put(WalSegment.of(segment.group(1)), came);
            } else if (history.matches()) {
                int timeline = Integer.parseUnsignedInt(history.group(1), 16);
                born.put(timeline, came);
                forks.put(
                        timeline,
                        histories.computeIfAbsent(
                                repository.server() + "/" + path + "/" + entry.getKey(),
                                name -> fork(tool.require("repo-get", path + "/" + entry.getKey()))));
            }
        });
        return new WalArchive(segments, forks, born);
    }

    /** The last line of a history says which timeline was left last, and where. */
    private static WalArchive.Fork fork(String history) {
        Matcher lines = FORK.matcher(history);
        WalArchive.Fork fork = null;
        while (lines.find()) {
            fork = new WalArchive.Fork(Integer.parseInt(lines.group(1)), WalSegment.lsn(lines.group(2)));
        }
        if (fork == null) {
            throw EngineFault.lasting(history, ProblemCode.BackupToolFailed, Messages.text("engine.fault.history"));
        }
        return fork;
    }
}

package io.howdah.engine.host;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Something that speaks as a second place of backups does. */
interface SecondPlace extends AutoCloseable {

    /** Besides S3, which has a test of its own. */
    enum Kind {
        AZURE {
            @Override
            SecondPlace open(Path folder) throws IOException {
                return new AzureStore(folder);
            }

            @Override
            boolean available() {
                return AzureStore.available();
            }
        },
        SFTP {
            @Override
            SecondPlace open(Path folder) throws IOException {
                return new SftpHost(folder);
            }

            @Override
            boolean available() {
                return SftpHost.available();
            }
        };

        abstract SecondPlace open(Path folder) throws IOException;

        /** What a machine has that {@code ./howdah test} was run on. */
        abstract boolean available();
    }

    /** What an operator writes into howdah.conf for it. */
    Map<String, String> settings();

    /** The command of pgBackRest that makes, or just looks at, what has to exist there. */
    String firstCall();

    /** Tells an installation of it, as {@code ./howdah run} does. */
    default void writeTo(Path home) {
        List<String> words = new ArrayList<>(List.of("env", "HOWDAH_HOME=" + home));
        settings().forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(List.of("bash", "-c", """
                mkdir -p "$HOWDAH_HOME/run" "$HOWDAH_HOME/log"
                for part in say settings packages secrets newer remote; do . "scripts/$part.sh"; done
                load_settings
                write_remote_place
                { printf '[global]\nrepo1-path=%s\nlog-level-file=off\n' "$HOWDAH_BACKUP_REMOTE_PATH" && cat "$(remote_place)"; } >"$HOWDAH_HOME/run/first.conf"
                "$(remote_tool)" --config="$HOWDAH_HOME/run/first.conf" "$0" && ask_remote 60
                """, firstCall()));
        new Command(Duration.ofMinutes(3), words)
                .in(Path.of("").toAbsolutePath())
                .run();
    }
}

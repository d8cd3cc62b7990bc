package io.howdah.server.ui;

import io.howdah.engine.Endpoints;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The texts with which clients connect to one database, ready to be pasted. None holds a password: psql asks for it, the
 * others take it from the environment variable {@code PGPASSWORD}. All of them verify the server's certificate and name
 * against the file {@value #CERTIFICATE_FILE}, looked for in the folder they run in.
 *
 * @param host name or address that the server's certificate names
 * @param pooled whether {@code port} is the pooler's, which works by transaction and so cannot keep prepared statements
 */
public record ConnectionStrings(String host, int port, boolean pooled, String database, String login) {

    static final String CERTIFICATE_FILE = "howdah-ca.crt";

    private static final Pattern PLAIN_CONNINFO = Pattern.compile("[^\\s'\\\\]+");
    private static final Pattern NEEDS_SINGLE_QUOTES = Pattern.compile("[\"$`\\\\!]");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    public static ConnectionStrings of(Endpoints endpoints, boolean pooled, String database, String login) {
        int port = pooled ? endpoints.pooledPort() : endpoints.directPort();
        return new ConnectionStrings(endpoints.host(), port, pooled, database, login);
    }

    /** A command for a POSIX shell. */
    public String psql() {
        return "psql " + shellQuoted(conninfo());
    }

    /** Key and value pairs as libpq reads them. */
    String conninfo() {
        return "host=" + conninfoQuoted(host) + " port=" + port + " dbname=" + conninfoQuoted(database) + " user="
                + conninfoQuoted(login) + " sslmode=verify-full sslrootcert=" + CERTIFICATE_FILE;
    }

    /** For everything that is built on libpq. */
    String uri() {
        return "postgresql://" + encoded(login) + "@" + authority() + "/" + encoded(database)
                + "?sslmode=verify-full&sslrootcert=" + CERTIFICATE_FILE;
    }

    String jdbc() {
        return "jdbc:postgresql://" + authority() + "/" + encoded(database) + "?user=" + encoded(login)
                + "&sslmode=verify-full&sslrootcert=" + CERTIFICATE_FILE
                // poolers before PgBouncer 1.21 lose statements that the driver prepares on the server
                + (pooled ? "&prepareThreshold=0" : "");
    }

    /** Java that opens a connection with {@link #jdbc()}; the driver does not read PGPASSWORD by itself. */
    String java() {
        return "var properties = new java.util.Properties();\n"
                + "properties.setProperty(\"password\", System.getenv(\"PGPASSWORD\"));\n"
                + "var connection = java.sql.DriverManager.getConnection(\n"
                + "    " + quoted(jdbc(), '"') + ", properties);";
    }

    /** Npgsql takes the password from PGPASSWORD by itself. */
    String npgsql() {
        return "Host=" + npgsqlQuoted(host) + ";Port=" + port + ";Database=" + npgsqlQuoted(database) + ";Username="
                + npgsqlQuoted(login) + ";SSL Mode=VerifyFull;Root Certificate=" + CERTIFICATE_FILE
                // else Npgsql sends DISCARD ALL to whichever session the pooler lends it next
                + (pooled ? ";No Reset On Close=true" : "");
    }

    /** Python, psycopg 3. */
    String psycopg() {
        return "import psycopg\n\n"
                + "connection = psycopg.connect(\n"
                + "    host=" + quoted(host, '"') + ", port=" + port + ",\n"
                + "    dbname=" + quoted(database, '"') + ", user=" + quoted(login, '"') + ",\n"
                + "    sslmode=\"verify-full\", sslrootcert=\"" + CERTIFICATE_FILE + "\",\n"
                + (pooled ? "    prepare_threshold=None,\n" : "")
                + ")";
    }

    /** Node.js, the package pg, as a module. */
    String node() {
        // pg names the server to TLS only when it is no address; without the name Node compares with "localhost"
        String name = ADDRESS.matcher(host).matches() ? "host: " + quoted(host, '\'') + ", " : "";
        return "import fs from 'node:fs';\n"
                + "import pg from 'pg';\n\n"
                + "const client = new pg.Client({\n"
                + "  host: " + quoted(host, '\'') + ", port: " + port + ",\n"
                + "  database: " + quoted(database, '\'') + ", user: " + quoted(login, '\'') + ",\n"
                + "  password: process.env.PGPASSWORD,\n"
                + "  ssl: { " + name + "ca: fs.readFileSync('" + CERTIFICATE_FILE + "', 'utf8') },\n"
                + "});\n"
                + "await client.connect();";
    }

    private String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static String conninfoQuoted(String value) {
        if (PLAIN_CONNINFO.matcher(value).matches()) {
            return value;
        }
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String shellQuoted(String value) {
        if (NEEDS_SINGLE_QUOTES.matcher(value).find()) {
            return "'" + value.replace("'", "'\\''") + "'";
        }
        return "\"" + value + "\"";
    }

    private static String npgsqlQuoted(String value) {
        boolean plain = !value.isEmpty()
                && value.equals(value.strip())
                && value.chars().noneMatch(c -> c == ';' || c == '=' || c == '"' || c == '\'');
        return plain ? value : "\"" + value.replace("\"", "\"\"") + "\"";
    }

    /** A string literal of Java, Python or JavaScript, which agree as far as a name can go. */
    private static String quoted(String value, char quote) {
        return quote + value.replace("\\", "\\\\").replace("" + quote, "\\" + quote) + quote;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

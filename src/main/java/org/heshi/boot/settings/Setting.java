package org.heshi.boot.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** All that may be set from outside: by environment ({@code HESHI_PORT}) or in {@code application.yaml} ({@code heshi.port}). */
public enum Setting {

    PORT("8080", "Port of the web pages; 0 takes any free one") {
        @Override
        Optional<String> wrong(String value) {
            return number(value, 0, 65_535) ? Optional.empty() : must("be a port from 1 to 65535, or 0 for any free one", value);
        }
    },
    DATA("./data", "Folder of everything that is kept: database, files, search index. `./run` and `./heshi` take it beside themselves") {
        @Override
        Optional<String> wrong(String value) {
            return folder(value);
        }
    },
    DB_URL("", "JDBC address of an external PostgreSQL 18, `jdbc:postgresql://host:5432/heshi`; the database must exist. Empty: the embedded one") {
        @Override
        Optional<String> wrong(String value) {
            return value.startsWith("jdbc:postgresql:") ? Optional.empty()
                    : must("begin with jdbc:postgresql:, as in jdbc:postgresql://127.0.0.1:5432/heshi", value);
        }
    },
    DB_USER("", "With an external PostgreSQL: a role that may create roles and owns the database"),
    DB_PASSWORD("", "Its password"),
    BASE_URL("", "How residents reach this program; QR codes and e-mails lead there. Empty: the address that it listens on") {
        @Override
        Optional<String> wrong(String value) {
            try {
                URI uri = new URI(value);
                boolean web = uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
                return web && uri.getQuery() == null && uri.getFragment() == null ? Optional.empty() : mustBeAddress(value);
            } catch (URISyntaxException _) {
                return mustBeAddress(value);
            }
        }

        private Optional<String> mustBeAddress(String value) {
            return must("be an address such as https://heshi.example.org", value);
        }
    },
    LANGUAGES("zh_CN,en", "Languages offered, of `zh_CN` and `en`; the first is the default") {
        @Override
        Optional<String> wrong(String value) {
            List<String> given = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
            return Set.of("zh_CN", "en").containsAll(given) && given.stream().distinct().count() == given.size() ? Optional.empty()
                    : must("list zh_CN and en, or one of them", value);
        }
    },
    DEMO("on", "`on`: the demo county with invented people is seeded on the first start; listens on this machine only, refuses an external PostgreSQL") {
        @Override
        Optional<String> wrong(String value) {
            return truth(value).isPresent() ? Optional.empty() : must("be on or off", value);
        }
    },
    NODE("1", "Number of this installation, 0 to 999: the first three digits of every matter's number. No two installations share one") {
        @Override
        Optional<String> wrong(String value) {
            return number(value, 0, 999) ? Optional.empty() : must("be a number from 0 to 999", value);
        }
    },
    TLS_CERT("", "Certificate chain, PEM. With it and the key the program speaks HTTPS on all addresses; both are read again when they change") {
        @Override
        Optional<String> wrong(String value) {
            return readable(value);
        }
    },
    TLS_KEY("", "Its private key, PEM (PKCS#8)") {
        @Override
        Optional<String> wrong(String value) {
            return readable(value);
        }
    },
    TRUSTED_PROXY("", "IP address of the proxy that speaks TLS in front of this program: its `X-Forwarded-` headers are believed, nobody else may connect") {
        @Override
        Optional<String> wrong(String value) {
            return ADDRESS.matcher(value).matches() ? Optional.empty() : must("be one IP address", value);
        }
    },
    SMTP_HOST("", "Mail server; empty: no mail is sent"),
    SMTP_PORT("587", "Its port") {
        @Override
        Optional<String> wrong(String value) {
            return number(value, 1, 65_535) ? Optional.empty() : must("be a port from 1 to 65535", value);
        }
    },
    SMTP_USER("", "User there; empty: no authentication"),
    SMTP_PASSWORD("", "Password there"),
    SMTP_TLS("starttls", "`starttls` (demanded), `tls` (from the first byte) or `none`") {
        @Override
        Optional<String> wrong(String value) {
            return Set.of("starttls", "tls", "none").contains(value) ? Optional.empty() : must("be starttls, tls or none", value);
        }
    },
    SMTP_FROM("", "Sender of the mails; demanded with a mail server") {
        @Override
        Optional<String> wrong(String value) {
            return value.matches("[^@\\s]+@[^@\\s]+") ? Optional.empty() : must("be an e-mail address", value);
        }
    },
    SMS_URL("", "SMS provider with the interface of Tencent Cloud, as `https://sms.tencentcloudapi.com`; residents' accounts get their codes by it. Empty: none") {
        @Override
        Optional<String> wrong(String value) {
            return safe(value) && URI.create(value).getRawQuery() == null && URI.create(value).getRawPath().matches("/?") ? Optional.empty()
                    : must("be an address with https and without a path", value);
        }
    },
    SMS_ID("", "SecretId there"),
    SMS_KEY("", "SecretKey there"),
    BACKUP("", "Folder of backups, best on another disk: the embedded database's log is archived there all the time, and `./heshi backup` copies there") {
        @Override
        Optional<String> wrong(String value) {
            return folder(value);
        }
    },
    BACKUP_KEEP("7", "How many backups are kept; after each new one the older ones, and the log before them, are deleted") {
        @Override
        Optional<String> wrong(String value) {
            return number(value, 1, 10_000) ? Optional.empty() : must("be a number from 1 to 10000", value);
        }
    },
    KEYS_COPY("", "Folder of the copy of the key store, best on a third disk: without the store no word of a resident opens. Empty: `key-store-NODE` in HESHI_BACKUP, "
            + "or none without that") {
        @Override
        Optional<String> wrong(String value) {
            return folder(value);
        }
    },
    SYSLOG("", "Syslog server for audit records (who opened what, what was done with accounts; ids only): `tcp://host:port` or `udp://host:port`; empty: none") {
        @Override
        Optional<String> wrong(String value) {
            try {
                URI uri = new URI(value);
                boolean known = "tcp".equals(uri.getScheme()) || "udp".equals(uri.getScheme());
                return known && uri.getHost() != null && uri.getPort() > 0 && uri.getPath().isEmpty() ? Optional.empty() : mustBeServer(value);
            } catch (URISyntaxException _) {
                return mustBeServer(value);
            }
        }

        private Optional<String> mustBeServer(String value) {
            return must("be an address such as tcp://10.1.2.3:601 or udp://10.1.2.3:514", value);
        }
    },
    PROCEDURES("", "Folder with procedures (YAML) that are added to, or take the place of, those that ship") {
        @Override
        Optional<String> wrong(String value) {
            try {
                return Files.isDirectory(Path.of(value)) ? Optional.empty() : must("be a folder", value);
            } catch (java.nio.file.InvalidPathException _) {
                return must("be a folder", value);
            }
        }
    },
    REGISTER("", "File with the county's own register of purposes and terms, in place of the shipped `privacy/register.yaml`. It must be whole: the program does not "
            + "start with a field of a procedure that it does not name") {
        @Override
        Optional<String> wrong(String value) {
            try {
                return Files.isRegularFile(Path.of(value)) ? Optional.empty() : must("be a file", value);
            } catch (java.nio.file.InvalidPathException _) {
                return must("be a file", value);
            }
        }
    },
    RETENTION("on", "`on`: matters whose time is over are put away and erased; `off`: they are only listed") {
        @Override
        Optional<String> wrong(String value) {
            return truth(value).isPresent() ? Optional.empty() : must("be on or off", value);
        }
    },
    FONTS("", "Folder with TrueType fonts (`.ttf`) of your own: papers print with them what the shipped ones lack, such as rarer characters of names. Read at the start") {
        @Override
        Optional<String> wrong(String value) {
            return folder(value);
        }
    },
    CLAMD("", "ClamAV's `clamd`: path of its socket (`/run/clamav/clamd.ctl`) or `host:port`. Empty: uploads are drawn anew, but not scanned") {
        @Override
        Optional<String> wrong(String value) {
            return value.startsWith("/") || CLAMD_ADDRESS.matcher(value).matches() ? Optional.empty()
                    : must("be the path of a socket or host:port, as in /run/clamav/clamd.ctl or 127.0.0.1:3310", value);
        }
    },
    OWN_KINDS("", "Kinds of matters of your own `HESHI_PROCEDURES` that the access table does not name, parted by commas: with it you say that what holds "
            + "for their group (what residents bring, or what offices make for one another) is right for them") {
        @Override
        Optional<String> wrong(String value) {
            return Arrays.stream(value.split(",")).map(String::strip).allMatch(kind -> kind.matches("[a-z][a-z0-9-]{0,39}")) ? Optional.empty()
                    : must("list kinds, as in lamp-repair,market-stall", value);
        }
    },
    SECOND_FACTOR("", "Roles whose holders must sign in with a second factor, by their codes and parted by commas, or `nobody`. "
            + "Empty: `administrator,auditor,supervisor`; with the demo nobody"),
    MCP("off", "`on`: programs and the assistants behind them may read by the Model Context Protocol at `/mcp`, with their keys and scopes") {
        @Override
        Optional<String> wrong(String value) {
            return value.equals("on") || value.equals("off") ? Optional.empty() : must("be on or off", value);
        }
    },
    WEBHOOK_NETWORKS("", "Private networks to which webhooks may be sent, as `10.20.0.0/16`, parted by commas: the county's own government network is one. Never this machine, whatever stands here. "
            + "Empty: only public addresses") {
        @Override
        Optional<String> wrong(String value) {
            return Arrays.stream(value.split(",")).map(String::strip).allMatch(one -> one.matches("[0-9A-Fa-f:.]+/[0-9]{1,3}")) ? Optional.empty()
                    : must("list networks such as 10.20.0.0/16, parted by commas", value);
        }
    },
    WEBHOOK_LOOPBACK("off", "`on`: webhooks may be sent to this machine itself, without TLS, too; for trying things out") {
        @Override
        Optional<String> wrong(String value) {
            return truth(value).isPresent() ? Optional.empty() : must("be on or off", value);
        }
    },
    OPEN311_EQUAL("300", "Seconds for which equal reports of a program by Open311 are one report, when they come without an `Idempotency-Key` (20 at most for those that name neither sender nor point); 0: each is its own") {
        @Override
        Optional<String> wrong(String value) {
            return number(value, 0, 86_400) ? Optional.empty() : must("be seconds from 0 to 86400", value);
        }
    },
    OPEN311_PACE("600", "How often a minute one address may ask by Open311; who asks more often waits (429)") {
        @Override
        Optional<String> wrong(String value) {
            return number(value, 1, 60_000) ? Optional.empty() : must("be a number from 1 to 60000", value);
        }
    },
    BILL_PACE("30", "How often a minute one address may fetch all editions of the public bill in one file (`/bill/data/bill-all.csv`)") {
        @Override
        Optional<String> wrong(String value) {
            return number(value, 1, 60_000) ? Optional.empty() : must("be a number from 1 to 60000", value);
        }
    },
    ORDER_MAPPINGS("", "Folder with mappings of orders (YAML) that are added to, or take the place of, those that ship: see docs/orders.md") {
        @Override
        Optional<String> wrong(String value) {
            return folder(value);
        }
    },
    OIDC_ISSUER("", "Issuer of the county's own sign-in (OpenID Connect), as `https://id.example.gov.cn/realms/county`. Empty: there is none") {
        @Override
        Optional<String> wrong(String value) {
            return safe(value) ? Optional.empty() : must("be an address with https", value);
        }
    },
    OIDC_CLIENT_ID("", "As which client the provider knows this program"),
    OIDC_CLIENT_SECRET("", "Its secret there");

    private static final Pattern CLAMD_ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+):\\d{1,5}");
    private static final Pattern ADDRESS = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private final String standard;
    private final String meaning;

    Setting(String standard, String meaning) {
        this.standard = standard;
        this.meaning = meaning;
    }

    /** As the environment names it. */
    public String variable() {
        return "HESHI_" + name();
    }

    /** As {@code application.yaml} names it. */
    public String property() {
        String name = name().toLowerCase(Locale.ROOT);
        boolean grouped = name.startsWith("smtp_") || name.startsWith("sms_");
        return "heshi." + (grouped ? name.replaceFirst("_", ".") : name.replace('_', '-'));
    }

    /** What holds when nothing is set; empty when nothing does. */
    public String standard() {
        return standard;
    }

    public String meaning() {
        return meaning;
    }

    /** What is wrong with a value that is not blank, as one sentence; empty when nothing is. */
    Optional<String> wrong(String value) {
        return Optional.empty();
    }

    static Optional<Boolean> truth(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes", "1" -> Optional.of(true);
            case "off", "false", "no", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    Optional<String> must(String what, String value) {
        return Optional.of("%s must %s; it is \"%s\".".formatted(variable(), what, value));
    }

    Optional<String> readable(String value) {
        try {
            return Files.isReadable(Path.of(value)) && Files.isRegularFile(Path.of(value)) ? Optional.empty() : must("name a file that can be read", value);
        } catch (java.nio.file.InvalidPathException _) {
            return must("name a file that can be read", value);
        }
    }

    Optional<String> folder(String value) {
        try {
            Path path = Path.of(value);
            return Files.exists(path) && !Files.isDirectory(path) ? must("be a folder", value) : Optional.empty();
        } catch (java.nio.file.InvalidPathException _) {
            return must("be a folder", value);
        }
    }

    /** With https; without it on this machine only. */
    static boolean safe(String value) {
        try {
            URI uri = new URI(value);
            boolean here = "127.0.0.1".equals(uri.getHost()) || "localhost".equals(uri.getHost());
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || here && "http".equals(uri.getScheme()));
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static boolean number(String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            return number >= least && number <= most;
        } catch (NumberFormatException _) {
            return false;
        }
    }
}

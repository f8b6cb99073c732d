package org.heshi.boot;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the county's IT person sets, by environment ({@code HESHI_PORT}) or in {@code application.yaml} ({@code heshi.port}).
 *
 * @param data       folder of everything that is kept
 * @param dbUrl      JDBC address of an external PostgreSQL 18; none: the embedded one
 * @param dbUser     role that may create roles, for an external PostgreSQL
 * @param dbPassword its password
 * @param demo       whether the demo county is seeded on the first start
 * @param baseUrl    how residents reach this program; QR codes and e-mails lead there
 * @param node       number of this node, 0 to 999; the first three digits of every matter's number
 */
@ConfigurationProperties("heshi")
public record Settings(
        @DefaultValue("./data") Path data,
        @Nullable String dbUrl,
        @Nullable String dbUser,
        @Nullable String dbPassword,
        @DefaultValue("true") boolean demo,
        @DefaultValue("http://127.0.0.1:8080") String baseUrl,
        @DefaultValue("1") int node) {
}

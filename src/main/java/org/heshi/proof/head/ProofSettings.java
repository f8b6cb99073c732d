package org.heshi.proof.head;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a county configures of the proof of its log ({@code heshi.proof.*}).
 *
 * @param name      of this log in everything it signs: no spaces, never changed
 * @param key       file with the key that signs; made at the first start, read by the program alone
 * @param witnesses e-mail addresses outside the house that are sent every head: an auditor's, another county's
 */
@ConfigurationProperties("heshi.proof")
public record ProofSettings(@DefaultValue("heshi") String name, @DefaultValue("./data/log.key") Path key, @DefaultValue({}) List<String> witnesses) {

    public ProofSettings {
        if (!name.matches("[!-*,-~]{1,80}")) {
            throw new IllegalArgumentException("heshi.proof.name has no spaces and no plus signs, and at most 80 characters");
        }
        witnesses = witnesses.stream().map(String::strip).filter(address -> !address.isEmpty()).toList();
        witnesses.stream().filter(address -> !address.matches("[^@\\s]+@[^@\\s]+")).findFirst().ifPresent(address -> {
            throw new IllegalArgumentException("heshi.proof.witnesses: " + address + " is no e-mail address");
        });
    }
}

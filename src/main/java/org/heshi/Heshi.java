package org.heshi;

import org.heshi.boot.Boot;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The program: one process that a county centre runs. Without arguments it serves; with arguments it does one command and ends. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Heshi {

    public static void main(String[] args) {
        Boot.run(Heshi.class, args);
    }
}

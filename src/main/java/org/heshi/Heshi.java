package org.heshi;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The program: one process that a county centre runs. */
@SpringBootApplication
public class Heshi {

    public static void main(String[] args) {
        SpringApplication.run(Heshi.class, args);
    }
}

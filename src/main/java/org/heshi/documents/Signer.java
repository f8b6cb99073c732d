package org.heshi.documents;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Somebody who signs a paper, as the block of signatures shows it.
 *
 * @param as      what they sign as, such as {@code 申请人}
 * @param name    who they are; may be empty
 * @param picture their signature by hand, as {@link PaperFrame#picture} gives it; empty: room to sign on paper
 * @param day     when they signed
 */
public record Signer(String as, String name, Optional<String> picture, Optional<LocalDate> day) {
}

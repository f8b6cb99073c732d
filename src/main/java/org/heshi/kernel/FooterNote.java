package org.heshi.kernel;

/** A word at the foot of every page, such as that the data are invented. Rooms declare beans of it. @param key message key of its words */
public record FooterNote(String key) {
}

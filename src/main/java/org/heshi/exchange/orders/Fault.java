package org.heshi.exchange.orders;

import java.util.List;

/** What is wrong with a message, and where in it. @param code of the words {@code refusal.CODE} */
record Fault(String pointer, String code, List<Object> arguments) {
}

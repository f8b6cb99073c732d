/**
 * Other programs are told of what happens, by the specification Standard Webhooks 1.0.0: a follower writes what is to be told, senders take it from there, and
 * what nobody took stays as a dead letter that can be sent again. Thin: numbers, codes and times, never a word of anybody.
 */
@NullMarked
package org.heshi.exchange.webhook;

import org.jspecify.annotations.NullMarked;

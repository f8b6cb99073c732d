/**
 * Orders of a 12345 hotline or of another agency, in and out as JSON in the other side's own shape: a mapping file says where in their message our fields
 * stand and what their codes mean. An order becomes a matter through the same door as what a clerk registers, in the post that the program was given.
 */
@NullMarked
package org.heshi.exchange.orders;

import org.jspecify.annotations.NullMarked;

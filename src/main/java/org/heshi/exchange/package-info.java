/**
 * In from elsewhere and out to elsewhere: what other programs find, count and look up, Open311, message files, JSON Lines between nodes, CSV and spreadsheets for people.
 * Promises that a good row goes in once and a bad row is named with its line and reason.
 * Owns the schema exchange.
 */
@ApplicationModule(allowedDependencies = {"kernel", "divisions", "directory", "access", "identity", "secrets", "matters", "search", "statistics", "bill"})
@NullMarked
package org.heshi.exchange;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

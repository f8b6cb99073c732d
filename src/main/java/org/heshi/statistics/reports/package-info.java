/** Standard reports of a place or unit: a day, a week, a month or a quarter, as page, PDF and spreadsheet, always counted at one moment. */
@NullMarked
package org.heshi.statistics.reports;

import org.jspecify.annotations.NullMarked;

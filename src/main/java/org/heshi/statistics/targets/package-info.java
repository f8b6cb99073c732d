/** Target sheets: what a unit's letter of responsibility promises for a year, and how far it got month by month. Shares and times only, never how many matters came. */
@NullMarked
package org.heshi.statistics.targets;

import org.jspecify.annotations.NullMarked;

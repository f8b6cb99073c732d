/** Zhuji as a county to try the program on: its units, posts and rules, and the invented people who hold them. */
@NullMarked
package org.heshi.demo.county;

import org.jspecify.annotations.NullMarked;

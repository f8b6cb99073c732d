package org.heshi.matters.templates;

import org.heshi.kernel.Bilingual;

/** A template in the list: whose it is (empty: everybody's) and for which action, in words. */
public record Listed(Template template, String unit, Bilingual action) {
}

package org.heshi.divisions.place;

import java.util.List;
import java.util.Set;
import org.heshi.divisions.Division;

/** A place's name with all above it, as people write it. */
final class FullName {

    /** What the bureau writes at the prefecture's place where there is none. */
    private static final Set<String> NOBODY = Set.of("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划");

    private FullName() {
    }

    static String of(List<Division> path) {
        StringBuilder name = new StringBuilder();
        String above = "";
        for (int i = 0; i < path.size(); i++) {
            String own = path.get(i).name();
            if (i < path.size() - 1 && NOBODY.contains(own) || own.equals(above)) {
                continue;
            }
            name.append(own);
            above = own;
        }
        return name.toString();
    }
}

package org.heshi.statistics.trespass;

/** Planted: a step over the fence of its room, which {@link org.heshi.ModularityTests} must notice. */
public record Trespass(org.heshi.site.Frame into) {
}

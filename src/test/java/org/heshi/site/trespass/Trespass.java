package org.heshi.site.trespass;

/** Planted: a step over the fence of its room, which {@link org.heshi.ModularityTests} must notice. */
public record Trespass(org.heshi.matters.Matters into) {
}

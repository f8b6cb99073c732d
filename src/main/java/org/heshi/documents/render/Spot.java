package org.heshi.documents.render;

/** A rectangle on a page, in points from the lower left corner. @param page from 0 */
public record Spot(int page, float x, float y, float width, float height) {
}

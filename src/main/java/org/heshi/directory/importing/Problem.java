package org.heshi.directory.importing;

import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Refusal;

/** Why a row is not imported. @param row as the spreadsheet counts; 0 when it is the sheet as a whole. @param column empty with an empty name */
public record Problem(Bilingual sheet, int row, Bilingual column, Refusal refusal) {
}

package org.heshi.matters.followup;

import java.util.List;
import org.heshi.kernel.Refusal;

/** Number and code as they were typed. */
public record EnterForm(String number, String code, List<Refusal> refusals) {
}

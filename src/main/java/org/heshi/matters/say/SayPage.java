package org.heshi.matters.say;

import org.heshi.matters.form.ActionForm;
import org.heshi.matters.view.MatterViews.MatterView;

/** What the reporter reads and is asked behind the link. */
public record SayPage(String token, MatterView matter, ActionForm form) {
}

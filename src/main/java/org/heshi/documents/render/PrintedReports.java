package org.heshi.documents.render;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.heshi.documents.PaperFrame;
import org.heshi.documents.Papers.Rendered;
import org.heshi.documents.Reports;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Refusal;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Prints what is no paper by the same press. */
@Component
class PrintedReports implements Reports {

    private final Press press;
    private final Printable printable;
    private final MessageSource messages;
    private final InstantSource clock;

    PrintedReports(Press press, Printable printable, MessageSource messages, InstantSource clock) {
        this.press = press;
        this.printable = printable;
        this.messages = messages;
        this.clock = clock;
    }

    @Override
    public Rendered print(String template, String title, Record content) {
        List<Refusal> refusals = printable.refusals(content);
        if (!refusals.isEmpty()) {
            return new Rendered.Refused(refusals);
        }
        PaperFrame frame = new PaperFrame(messages, title, Optional.empty(), CivilTime.dateOf(clock.instant()), false, "");
        Printed printed = press.print(template, frame, content, new Look.Issued(Optional.empty()));
        return new Rendered.Done(printed.pdf(), printed.pages());
    }
}

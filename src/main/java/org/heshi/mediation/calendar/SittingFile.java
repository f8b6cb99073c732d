package org.heshi.mediation.calendar;

import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.text.ICalWriter;
import biweekly.property.Classification;
import biweekly.property.Method;
import biweekly.property.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import org.heshi.kernel.FoldedLines;

/**
 * One sitting as a file that calendars take in (iCalendar, RFC 5545): under the same name with a higher number when it was moved or cancelled. It names no person and says nothing of what the dispute is about.
 */
record SittingFile(String number, int seq, Instant written, Instant from, Instant until, String summary, String where, String about, int revision, boolean cancelled) {

    byte[] bytes() {
        VEvent event = new VEvent();
        // the same sitting keeps its name, so that a file that is opened twice makes one event
        event.setSequence(revision);
        event.setStatus(cancelled ? Status.cancelled() : Status.confirmed());
        event.setUid("sitting-" + number + "-" + seq + "@heshi");
        event.setDateTimeStamp(Date.from(written));
        event.setDateStart(Date.from(from), true);
        event.setDateEnd(Date.from(until), true);
        event.setSummary(summary);
        event.setLocation(where);
        event.setDescription(about);
        event.setClassification(Classification.private_());
        ICalendar calendar = new ICalendar();
        calendar.setProductId("-//Heshi//Mediation//ZH");
        calendar.setMethod(cancelled ? Method.cancel() : Method.publish());
        calendar.addEvent(event);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ICalWriter writer = new ICalWriter(out, ICalVersion.V2_0)) {
            // the library folds by characters; the standard counts octets, and a Chinese one has three
            writer.getVObjectWriter().getFoldedLineWriter().setLineLength(null);
            writer.write(calendar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return FoldedLines.of(out.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }
}

package org.heshi.documents.casefile;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSBoolean;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNull;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdfwriter.COSWriter;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.heshi.documents.render.PageStamp;
import org.jspecify.annotations.Nullable;

/**
 * Writes one PDF/A-2u out of many, each of which is read, copied and let go before the next one: what is kept in memory is where the objects stand.
 * Pages that are to stand first may come last, so that the contents can tell the numbers of all others. Signatures and notes on pages are left behind:
 * a signature over a single paper says nothing of the whole.
 */
final class Binder {

    private static final byte[] COLOURS = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    private static final List<COSName> OF_A_PAGE = List.of(COSName.MEDIA_BOX, COSName.CROP_BOX, COSName.ROTATE, COSName.GROUP);
    private static final int CATALOG = 1;
    private static final int PAGES = 2;
    private static final int PUSH = 3;

    private final Counted out;
    /** Where each object begins; its number is the place in the list. */
    private final List<Long> offsets = new ArrayList<>();
    private final List<Integer> body = new ArrayList<>();
    private final List<Integer> front = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final PageStamp stamp;
    private final int stampFont;

    private record Mark(String title, int page) {
    }

    Binder(OutputStream out, PageStamp stamp) throws IOException {
        this.out = new Counted(out);
        this.stamp = stamp;
        for (int i = 0; i <= PUSH; i++) {
            offsets.add(0L);
        }
        raw("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");
        stream(PUSH, "", "q\n".getBytes(StandardCharsets.US_ASCII));
        try (PDDocument pdf = Loader.loadPDF(stamp.pdf())) {
            Copy copy = new Copy();
            COSBase font = pdf.getPage(0).getResources().getCOSObject().getCOSDictionary(COSName.FONT).getItem(stamp.name(pdf));
            stampFont = copy.reference(font);
            copy.finish();
        }
    }

    /** Pages of the body so far. */
    int pages() {
        return body.size();
    }

    /** What comes next is found under this title. */
    void mark(String title) {
        marks.add(new Mark(title, body.size()));
    }

    /** Adds the pages of a PDF, numbered on. */
    int add(byte[] pdf) throws IOException {
        return copy(pdf, body, true);
    }

    /** Adds pages before all others, without numbers of their own. */
    void addInFront(byte[] pdf) throws IOException {
        copy(pdf, front, false);
    }

    private int copy(byte[] bytes, List<Integer> into, boolean numbered) throws IOException {
        try (PDDocument pdf = Loader.loadPDF(bytes)) {
            Copy copy = new Copy();
            int pages = 0;
            for (PDPage page : pdf.getPages()) {
                int number = fresh();
                into.add(number);
                page(copy, page, number, numbered ? body.size() : 0);
                copy.finish();
                pages++;
            }
            return pages;
        }
    }

    private void page(Copy copy, PDPage page, int number, int shown) throws IOException {
        StringBuilder contents = new StringBuilder().append(PUSH).append(" 0 R ");
        COSBase written = page.getCOSObject().getDictionaryObject(COSName.CONTENTS);
        if (written instanceof COSArray many) {
            for (int i = 0; i < many.size(); i++) {
                contents.append(copy.reference(many.get(i))).append(" 0 R ");
            }
        } else if (written != null) {
            contents.append(copy.reference(page.getCOSObject().getItem(COSName.CONTENTS))).append(" 0 R ");
        }
        PDRectangle paper = page.getCropBox();
        int last = fresh();
        stream(last, "", ("\nQ\n" + (shown > 0 ? stamp.operators(shown, paper, page.getRotation()) : "")).getBytes(StandardCharsets.US_ASCII));
        contents.append(last).append(" 0 R");

        COSDictionary resources = new COSDictionary();
        if (page.getResources() != null) {
            resources.addAll(page.getResources().getCOSObject());
        }
        COSDictionary fonts = new COSDictionary();
        if (resources.getDictionaryObject(COSName.FONT) instanceof COSDictionary theirs) {
            fonts.addAll(theirs);
        }
        resources.removeItem(COSName.FONT);

        begin(number);
        raw("<</Type/Page/Parent " + PAGES + " 0 R/Contents[" + contents + "]");
        COSDictionary all = page.getCOSObject();
        for (COSName name : OF_A_PAGE) {
            COSBase value = name.equals(COSName.MEDIA_BOX) ? page.getMediaBox().getCOSArray() : name.equals(COSName.ROTATE) ? COSInteger.get(page.getRotation())
                    : name.equals(COSName.CROP_BOX) ? page.getCropBox().getCOSArray() : all.getItem(name);
            if (value != null) {
                name.writePDF(out);
                raw(" ");
                copy.value(value);
            }
        }
        raw("/Resources<<");
        for (Map.Entry<COSName, COSBase> entry : resources.entrySet()) {
            entry.getKey().writePDF(out);
            raw(" ");
            copy.value(entry.getValue());
        }
        raw("/Font<<");
        for (Map.Entry<COSName, COSBase> entry : fonts.entrySet()) {
            entry.getKey().writePDF(out);
            raw(" ");
            copy.value(entry.getValue());
        }
        raw("/" + PageStamp.FONT + " " + stampFont + " 0 R>>>>>>");
        end();
    }

    /** Writes what holds the pages together. Nothing may follow. @return SHA-256 of all, as hexadecimal digits */
    Finished finish(String title, Instant at) throws IOException {
        int outlines = outlines();
        int metadata = fresh();
        stream(metadata, "/Type/Metadata/Subtype/XML", xmp(title, at).getBytes(StandardCharsets.UTF_8));
        int colours = fresh();
        stream(colours, "/N 3/Filter/FlateDecode", deflated(COLOURS));

        begin(PAGES);
        raw("<</Type/Pages/Count " + (front.size() + body.size()) + "/Kids[");
        for (int page : front) {
            raw(page + " 0 R ");
        }
        for (int page : body) {
            raw(page + " 0 R ");
        }
        raw("]>>");
        end();
        begin(CATALOG);
        raw("<</Type/Catalog/Version/1.7/Lang(zh-CN)/Pages " + PAGES + " 0 R/Metadata " + metadata + " 0 R/PageMode/UseOutlines/ViewerPreferences<</DisplayDocTitle true>>"
                + (outlines > 0 ? "/Outlines " + outlines + " 0 R" : "")
                + "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)/DestOutputProfile " + colours + " 0 R>>]>>");
        end();

        long start = out.count;
        raw("xref\n0 " + offsets.size() + "\n0000000000 65535 f\r\n");
        for (int i = 1; i < offsets.size(); i++) {
            raw("%010d 00000 n\r\n".formatted(offsets.get(i)));
        }
        String id = HexFormat.of().withUpperCase().formatHex(out.now(), 0, 16);
        raw("trailer\n<</Size " + offsets.size() + "/Root " + CATALOG + " 0 R/ID[<" + id + "><" + id + ">]>>\nstartxref\n" + start + "\n%%EOF\n");
        out.flush();
        return new Finished(HexFormat.of().formatHex(out.digest.digest()), out.count, front.size() + body.size());
    }

    record Finished(String sha256, long size, int pages) {
    }

    private int outlines() throws IOException {
        List<Mark> shown = marks.stream().filter(mark -> mark.page() < body.size()).toList();
        if (shown.isEmpty()) {
            return 0;
        }
        int root = fresh();
        List<Integer> numbers = shown.stream().map(_ -> fresh()).toList();
        for (int i = 0; i < numbers.size(); i++) {
            begin(numbers.get(i));
            raw("<</Parent " + root + " 0 R/Title");
            COSWriter.writeString(new COSString(shown.get(i).title()), out);
            raw("/Dest[" + body.get(shown.get(i).page()) + " 0 R/Fit]" + (i > 0 ? "/Prev " + numbers.get(i - 1) + " 0 R" : "")
                    + (i + 1 < numbers.size() ? "/Next " + numbers.get(i + 1) + " 0 R" : "") + ">>");
            end();
        }
        begin(root);
        raw("<</Type/Outlines/Count " + numbers.size() + "/First " + numbers.getFirst() + " 0 R/Last " + numbers.getLast() + " 0 R>>");
        end();
        return root;
    }

    private static String xmp(String title, Instant at) {
        String safe = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        String when = at.truncatedTo(ChronoUnit.SECONDS).toString();
        return """
                <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="2" pdfaid:conformance="U"/>
                <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreateDate="%s" xmp:ModifyDate="%s"/>
                <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title></rdf:Description>
                </rdf:RDF></x:xmpmeta>
                <?xpacket end="w"?>""".formatted(when, when, safe);
    }

    // ---- objects

    private int fresh() {
        offsets.add(0L);
        return offsets.size() - 1;
    }

    private void begin(int number) throws IOException {
        offsets.set(number, out.count);
        raw(number + " 0 obj\n");
    }

    private void end() throws IOException {
        raw("\nendobj\n");
    }

    private void raw(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void stream(int number, String entries, byte[] bytes) throws IOException {
        begin(number);
        raw("<<" + entries + "/Length " + bytes.length + ">>\nstream\n");
        out.write(bytes);
        raw("\nendstream");
        end();
    }

    private static byte[] deflated(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflating = new DeflaterOutputStream(packed, new Deflater(9))) {
            deflating.write(bytes);
        }
        return packed.toByteArray();
    }

    /** Objects of one source under new numbers. */
    private final class Copy {

        private final Map<COSBase, Integer> known = new IdentityHashMap<>();
        private final Deque<COSBase> waiting = new ArrayDeque<>();

        /** The number under which this will stand. */
        int reference(COSBase value) {
            COSBase meant = value instanceof COSObject indirect ? indirect.getObject() : value;
            COSBase one = meant == null ? COSNull.NULL : meant;
            Integer number = known.get(one);
            if (number == null) {
                number = fresh();
                known.put(one, number);
                waiting.add(one);
            }
            return number;
        }

        void finish() throws IOException {
            COSBase next;
            while ((next = waiting.poll()) != null) {
                begin(known.get(next));
                if (next instanceof COSStream stream) {
                    stream(stream);
                } else {
                    value(next);
                }
                end();
            }
        }

        private void stream(COSStream stream) throws IOException {
            byte[] bytes;
            try (InputStream in = stream.createRawInputStream()) {
                bytes = in.readAllBytes();
            }
            raw("<<");
            entries(stream);
            raw("/Length " + bytes.length + ">>\nstream\n");
            out.write(bytes);
            raw("\nendstream");
        }

        private void entries(COSDictionary dictionary) throws IOException {
            for (Map.Entry<COSName, COSBase> entry : dictionary.entrySet()) {
                // a stream's length is told anew; what leads to other pages or to the structure of the source stays behind
                if (!(dictionary instanceof COSStream && entry.getKey().equals(COSName.LENGTH)) && !entry.getKey().equals(COSName.PARENT)
                        && !entry.getKey().equals(COSName.STRUCT_PARENTS) && !entry.getKey().equals(COSName.STRUCT_PARENT)) {
                    entry.getKey().writePDF(out);
                    raw(" ");
                    value(entry.getValue());
                }
            }
        }

        void value(@Nullable COSBase value) throws IOException {
            switch (value) {
                case null -> raw("null");
                case COSObject indirect -> raw(reference(indirect) + " 0 R");
                case COSStream stream -> raw(reference(stream) + " 0 R");
                case COSDictionary dictionary -> {
                    raw("<<");
                    entries(dictionary);
                    raw(">>");
                }
                case COSArray array -> {
                    raw("[");
                    for (int i = 0; i < array.size(); i++) {
                        value(array.get(i));
                        raw(" ");
                    }
                    raw("]");
                }
                case COSName name -> name.writePDF(out);
                case COSInteger number -> number.writePDF(out);
                case COSFloat number -> number.writePDF(out);
                case COSBoolean truth -> truth.writePDF(out);
                case COSString text -> COSWriter.writeString(text, out);
                default -> raw("null");
            }
        }
    }

    private static final class Counted extends FilterOutputStream {

        private final MessageDigest digest;
        private long count;

        Counted(OutputStream out) {
            super(out);
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        /** Digest of what was written so far. */
        byte[] now() {
            try {
                return ((MessageDigest) digest.clone()).digest();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            digest.update((byte) b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            digest.update(bytes, from, length);
            count += length;
        }
    }
}

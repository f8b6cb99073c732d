package org.heshi.exchange.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.heshi.Browser;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Readings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.MessageSource;

/** Matters out of spreadsheets, good ones and bad ones. */
@HeshiTest
class ImportSheetTests {

    private static County county;

    @Autowired
    ApplicationContext context;
    @Autowired
    ImportSheet sheets;
    @Autowired
    MessageSource words;
    @LocalServerPort
    int port;
    @TempDir
    Path folder;

    private County county() {
        if (county == null) {
            county = County.make(context);
        }
        return county;
    }

    private Path workbook(Consumer<Worksheet> filling) throws IOException {
        Path file = folder.resolve("matters" + System.nanoTime() + ".xlsx");
        try (OutputStream out = Files.newOutputStream(file); Workbook workbook = new Workbook(out, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("事项");
            row(sheet, 0, List.of("标题*", "内容*", "反映时间*", "事项类型*", "分类", "等级", "来源渠道", "所在区域", "具体地点", "反映人", "联系电话", "办理单位", "答复", "答复时间", "办理结果", "别的"));
            filling.accept(sheet);
        }
        return file;
    }

    private static void row(Worksheet sheet, int row, List<String> cells) {
        for (int n = 0; n < cells.size(); n++) {
            if (!cells.get(n).isEmpty()) {
                sheet.value(row, n, cells.get(n));
            }
        }
    }

    private ImportSheet.Came come(Path file, boolean check, List<List<String>> back) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImportSheet.Came came = sheets.from(file, county().code, "", check, out, Locale.SIMPLIFIED_CHINESE, _ -> {
        });
        back.clear();
        back.addAll(read(out.toByteArray()));
        return came;
    }

    private static List<List<String>> read(byte[] file) throws IOException {
        List<List<String>> all = new ArrayList<>();
        try (ReadableWorkbook workbook = new ReadableWorkbook(new java.io.ByteArrayInputStream(file)); Stream<Row> rows = workbook.getFirstSheet().openStream()) {
            rows.forEach(row -> {
                List<String> cells = new ArrayList<>();
                for (Cell cell : row) {
                    cells.add(cell == null ? "" : cell.getText());
                }
                all.add(cells);
            });
        }
        return all;
    }

    private static String result(List<String> row) {
        return row.stream().filter(cell -> cell.startsWith("错误") || cell.startsWith("已导入") || cell.startsWith("可以导入") || cell.startsWith("以前")).findFirst().orElse("none: " + row);
    }

    @Test
    void takesGoodRowsInOnceAndSaysWhatIsWrongBesideTheOthers() throws Exception {
        List<List<String>> back = new ArrayList<>();
        Path file = workbook(sheet -> {
            row(sheet, 1, List.of("路灯不亮", "村口路灯坏了", "2026-07-01 08:30", "求助服务", "路灯照明", "黄", "电话", "甲一村", "村口", "王小明", "13800000000"));
            row(sheet, 2, List.of("井盖丢失", "路口井盖不见了", "", "grid-event", "城乡建设/市政设施/窨井盖", "", "", county().villageB, "", "", "", "", "已经补上。", "2026年7月3日", "已解决"));
            sheet.value(2, 2, LocalDateTime.of(2026, 7, 2, 9, 15));
            sheet.style(2, 2).format("yyyy-mm-dd hh:mm").set();
            row(sheet, 3, List.of("没有内容", "", "2026/7/1 8:30", "求助服务"));
            row(sheet, 4, List.of("时间不对", "x", "昨天", "求助服务"));
            row(sheet, 5, List.of("类型不对", "x", "2026-07-01", "吵架"));
            row(sheet, 6, List.of("公式", "", "2026-07-01", "求助服务"));
            sheet.formula(6, 1, "1+1");
            row(sheet, 7, List.of("合并", "x", "2026-07-01", "求助服务"));
            sheet.range(7, 0, 8, 0).merge();
            row(sheet, 9, List.of("数字不是日期", "x", "", "求助服务"));
            sheet.value(9, 2, 45000);
            row(sheet, 10, List.of("将来", "x", "2199-07-01", "求助服务"));
            row(sheet, 11, List.of("答复早", "x", "2026-07-05", "求助服务", "", "", "", "", "", "", "", "", "好了", "2026-07-01"));
            row(sheet, 12, List.of("电话不对", "x", "2026-07-05", "求助服务", "", "", "", "", "", "李", "abc"));
            row(sheet, 13, List.of("别处", "x", "2026-07-05", "求助服务", "", "", "", "330681"));
            row(sheet, 14, List.of("=1+1", "公式一样的文字", "2026-07-01 08:30", "advice"));
        });
        ImportSheet.Came checked = come(file, true, back);
        assertThat(checked).isEqualTo(new ImportSheet.Came(13, 3, 0, 10));
        assertThat(result(back.get(1))).isEqualTo("可以导入");
        ImportSheet.Came came = come(file, false, back);
        assertThat(came).isEqualTo(new ImportSheet.Came(13, 3, 0, 10));
        assertThat(result(back.get(1))).isEqualTo("已导入");
        assertThat(result(back.get(3))).contains("内容");
        assertThat(result(back.get(4))).contains("昨天");
        assertThat(result(back.get(5))).contains("事项类型").contains("吵架");
        assertThat(result(back.get(6))).contains("B7").contains("公式");
        assertThat(result(back.get(7))).contains("A8:A9");
        assertThat(result(back.get(8))).contains("C10");
        assertThat(result(back.get(9))).contains("反映时间");
        assertThat(result(back.get(10))).contains("答复时间早于");
        assertThat(result(back.get(11))).contains("联系电话");
        assertThat(result(back.get(12))).contains("所在区域").contains("330681");
        assertThat(back.get(13).getFirst()).isEqualTo("'=1+1");
        String number = back.get(1).getLast();
        Optional<java.util.UUID> matter = Acting.as(new Actor.Machine("test"), () -> context.getBean(MatterRows.class).find(MatterNumber.parse(number).orElseThrow()));
        Readings.Reading entry = Acting.as(new Actor.Machine("test"), () -> context.getBean(Readings.class).of(matter.orElseThrow())).getFirst();
        assertThat(entry.action()).isEqualTo("import");
        assertThat(entry.word("title")).isEqualTo("路灯不亮");
        assertThat(entry.data().toString()).contains(county().villageA).contains("020202").contains("phone");
        assertThat(entry.state()).isEqualTo("registered");
        // the same sheet again adds nothing
        assertThat(come(file, false, back)).isEqualTo(new ImportSheet.Came(13, 0, 3, 10));
        assertThat(result(back.get(2))).isEqualTo("以前已导入");
    }

    @Test
    void explainsItselfInATemplateThatIsReadAgain() throws Exception {
        for (boolean english : List.of(false, true)) {
            Path file = folder.resolve("template" + english + ".xlsx");
            Files.write(file, SheetTemplate.of(english, words));
            try (SheetReader reader = SheetReader.open(file)) {
                assertThat(reader.columns()).containsExactly(Column.values());
                assertThat(reader.next()).isEmpty();
            }
        }
    }

    private static Visitor.Answer send(Visitor visitor, byte[] file, String what) {
        String boundary = "heshi" + System.nanoTime();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Map.Entry<String, String> field : Map.of("_csrf", visitor.token(), "what", what).entrySet()) {
            body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field.getKey() + "\"\r\n\r\n" + field.getValue() + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list.xlsx\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return visitor.send(visitor.request("/desk/import").header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    }

    @Test
    void isSentByTheWindowOfACentre() throws Exception {
        Path file = workbook(sheet -> row(sheet, 1, List.of("窗口台账", "村口路灯坏了", "2026-07-02 08:30", "求助服务", "路灯照明", "", "", county().villageA)));
        Visitor clerk = county().signedIn(new Visitor(port), county().clerk);
        assertThat(clerk.get("/desk/import").body()).contains("下载模板");
        assertThat(clerk.get("/desk/import/template.xlsx").status()).isEqualTo(200);
        Visitor.Answer checked = send(clerk, Files.readAllBytes(file), "check");
        assertThat(checked.status()).isEqualTo(200);
        assertThat(checked.header("Content-Disposition").orElseThrow()).contains("list.check.xlsx");
        List<List<String>> back = new ArrayList<>();
        assertThat(come(file, true, back).added()).isEqualTo(1);
        Visitor.Answer taken = send(clerk, Files.readAllBytes(file), "import");
        assertThat(taken.header("Content-Disposition").orElseThrow()).contains("list.result.xlsx");
        assertThat(come(file, true, back).known()).isEqualTo(1);
        clerk.get("/desk/import");
        Visitor.Answer refused = send(clerk, "标题".getBytes(StandardCharsets.UTF_8), "import");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("不是 .xlsx 文件");
        Visitor handler = county().signedIn(new Visitor(port), county().handler);
        assertThat(handler.get("/desk/import").status()).isEqualTo(403);
        try (var visit = Browser.visit(port).narrow().withoutScripts().open()) {
            visit.signedIn(county().account(county().clerk), People.PASSWORD).go("/desk/import");
            visit.check("sheet-import");
        }
    }

    private String why(Path file) {
        return catchThrowableOfType(org.heshi.kernel.XlsxInspection.Unreadable.class, () -> come(file, true, new ArrayList<>())).code();
    }

    private Path zip(Map<String, byte[]> parts) throws IOException {
        Path file = folder.resolve("zip" + System.nanoTime() + ".xlsx");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    /** The good workbook with one part changed or added. */
    private Path changed(String name, byte[] bytes) throws IOException {
        Path good = workbook(sheet -> row(sheet, 1, List.of("一", "二", "2026-07-01", "求助服务")));
        Map<String, byte[]> parts = new java.util.LinkedHashMap<>();
        try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(good.toFile())) {
            for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
                parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        parts.put(name, bytes);
        return zip(parts);
    }

    @Test
    void refusesWhatIsNoSheetOfMatters() throws Exception {
        Path text = Files.writeString(folder.resolve("text.xlsx"), "标题,内容");
        assertThat(why(text)).isEqualTo("not-xlsx");
        assertThat(why(Files.write(folder.resolve("empty.xlsx"), new byte[0]))).isEqualTo("not-xlsx");
        assertThat(why(Files.write(folder.resolve("old.xlsx"), new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0}))).isEqualTo("not-xlsx");
        assertThat(why(zip(Map.of("hello.txt", "x".getBytes(StandardCharsets.UTF_8))))).isEqualTo("broken");
        assertThat(why(changed("xl/vbaProject.bin", new byte[] {1}))).isEqualTo("macros");
        assertThat(why(changed("[Content_Types].xml", "<Types><Override ContentType='application/vnd.ms-excel.sheet.macroEnabled.main+xml'/></Types>".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("macros");
        assertThat(why(changed("xl/worksheets/sheet1.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet>&a;</worksheet>".getBytes(StandardCharsets.UTF_8)))).isEqualTo("broken");
        assertThat(why(changed("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>".getBytes(StandardCharsets.UTF_8)))).isEqualTo("broken");
        assertThat(why(changed("xl/sharedStrings.xml", ("<sst><si><t>" + "长".repeat(100_000) + "</t></si></sst>").getBytes(StandardCharsets.UTF_8)))).isEqualTo("long-text");
        Path other = folder.resolve("other.xlsx");
        try (OutputStream out = Files.newOutputStream(other); Workbook workbook = new Workbook(out, "test", "1.0")) {
            workbook.newWorksheet("工资").value(0, 0, "姓名");
        }
        assertThat(why(other)).isEqualTo("wrong-sheet");
    }

    @Test
    void doesNotUnpackABomb() throws Exception {
        Path file = folder.resolve("bomb.xlsx");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
            zip.write("<sst>".getBytes(StandardCharsets.UTF_8));
            byte[] piece = "<si><t>x</t></si>".repeat(60_000).getBytes(StandardCharsets.UTF_8);
            for (long n = 0; n <= SheetReader.MOST.shared(); n += piece.length) {
                zip.write(piece);
            }
            zip.closeEntry();
        }
        assertThat(Files.size(file)).isLessThan(2_000_000L);
        assertThat(why(file)).isEqualTo("too-big");
    }

    @Test
    void readsAsManyRowsAsASheetHoldsInBoundedMemory() throws Exception {
        int rows = Integer.getInteger("heshi.rows", 60_000);
        Path file = folder.resolve("many.xlsx");
        try (OutputStream out = Files.newOutputStream(file); Workbook workbook = new Workbook(out, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("事项");
            row(sheet, 0, List.of("标题", "内容", "反映时间", "事项类型"));
            for (int n = 1; n <= rows; n++) {
                sheet.inlineString(n, 0, "标题" + n);
                sheet.inlineString(n, 1, "内容" + n);
                sheet.inlineString(n, 2, "2026-07-01 08:30");
                sheet.inlineString(n, 3, "求助服务");
                if (n % 1_000 == 0) {
                    sheet.flush();
                }
            }
        }
        long began = System.nanoTime();
        long read = 0;
        long most = 0;
        Runtime runtime = Runtime.getRuntime();
        try (SheetReader reader = SheetReader.open(file)) {
            assertThat(reader.count()).isEqualTo(rows);
            System.gc();
            long before = runtime.totalMemory() - runtime.freeMemory();
            for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                if (++read % (rows / 4) == 0) {
                    System.gc();
                    most = Math.max(most, runtime.totalMemory() - runtime.freeMemory() - before);
                }
            }
        }
        System.out.printf("Spreadsheet: %,d rows read in %,d ms, %,d KB held more than at the beginning%n", read, (System.nanoTime() - began) / 1_000_000, most / 1024);
        assertThat(read).isEqualTo(rows);
        assertThat(most).isLessThan(40L * 1024 * 1024);
    }
}

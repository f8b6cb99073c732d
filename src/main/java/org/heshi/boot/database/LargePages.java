package org.heshi.boot.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether the server keeps its pages in large pages of the system's memory ("huge pages" of Linux, PostgreSQL's {@code huge_pages}): they spare the processor much looking up of
 * addresses, most of all inside a virtual machine. The administrator of the machine sets them aside ({@code vm.nr_hugepages}); without that nothing changes. They are
 * only asked for where enough are free and this process may take them: where a container's limit forbids them, a server that tried would be killed at its first page.
 */
final class LargePages {

    private static final Path MEMORY = Path.of("/proc/meminfo");
    /** What a container may take, in bytes; of the first and the second version of control groups. */
    private static final String[] LIMITS = {"/sys/fs/cgroup/hugetlb.2MB.max", "/sys/fs/cgroup/hugetlb/hugetlb.2MB.limit_in_bytes"};

    private LargePages() {
    }

    /** The setting for a server with so many megabytes of its own. */
    static String setting(long buffers) {
        return setting(buffers, text(MEMORY).orElse(""), Stream.of(LIMITS).map(Path::of).flatMap(path -> text(path).stream()).toList());
    }

    /**
     * @param meminfo as Linux tells of its memory
     * @param limits  what this process may take at most, in bytes, or {@code max}
     */
    static String setting(long buffers, String meminfo, Iterable<String> limits) {
        // beside its pages the server shares locks and what it knows of its processes: about a twentieth of them and some megabytes
        long needed = buffers + buffers / 16 + 24 << 20;
        boolean enough = number(meminfo, "HugePages_Free:") - number(meminfo, "HugePages_Rsvd:") >= Math.ceilDiv(needed, Math.max(1, number(meminfo, "Hugepagesize:")) << 10);
        for (String limit : limits) {
            String bytes = limit.strip();
            // a number too long for one is no limit
            enough &= !bytes.matches("[0-9]{1,18}") || Long.parseLong(bytes) >= needed;
        }
        return enough ? "huge_pages=try" : "huge_pages=off";
    }

    private static long number(String meminfo, String name) {
        Matcher line = Pattern.compile("^" + name + "\\s+([0-9]{1,15})", Pattern.MULTILINE).matcher(meminfo);
        return line.find() ? Long.parseLong(line.group(1)) : 0;
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException _) {
            // another system, or not ours to read: then nothing is known of it
            return Optional.empty();
        }
    }
}

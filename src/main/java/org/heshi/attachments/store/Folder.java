package org.heshi.attachments.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The folder of files, beside the database and never under anything that is served as it lies. */
@Component
public class Folder {

    private final Path root;

    Folder(@Value("${heshi.data}") Path data) {
        this.root = data.toAbsolutePath().resolve("files");
    }

    /** Where the bytes of a file lie; its last two digits spread the files evenly, its first ones are the time. */
    public Path picture(UUID id) {
        return path(id, "");
    }

    public Path thumb(UUID id) {
        return path(id, ".thumb");
    }

    private Path path(UUID id, String what) {
        String name = id.toString();
        return root.resolve(name.substring(name.length() - 2)).resolve(name + what);
    }

    /** Writes so that after a crash the file is whole or not there: another name, to the disk, then the right name, then the folder to the disk. */
    void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Path unfinished = Files.createTempFile(file.getParent(), ".new-", null);
        try {
            try (FileChannel out = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
                out.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    void delete(UUID id) throws IOException {
        Files.deleteIfExists(picture(id));
        Files.deleteIfExists(thumb(id));
    }
}

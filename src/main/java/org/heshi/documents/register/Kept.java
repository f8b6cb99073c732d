package org.heshi.documents.register;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.heshi.attachments.SealedFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The bytes of papers. What is written in a transaction that is rolled back goes again. */
@Component
public class Kept {

    private static final Logger LOG = LoggerFactory.getLogger(Kept.class);

    private final SealedFiles files;

    Kept(SealedFiles files) {
        this.files = files;
    }

    /** Inside a transaction, whose row names the file. */
    public void write(UUID id, SealedFiles.Writing writing) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status == STATUS_ROLLED_BACK) {
                    try {
                        files.forget(id);
                    } catch (IOException | RuntimeException e) {
                        LOG.error("a paper that was never issued could not be deleted; it goes with the daily round", e);
                    }
                }
            }
        });
        try {
            files.write(id, writing);
        } catch (IOException e) {
            throw new UncheckedIOException("a paper could not be kept", e);
        }
    }

    Optional<byte[]> read(UUID id) {
        try (InputStream in = files.read(id).orElse(InputStream.nullInputStream())) {
            byte[] bytes = in.readAllBytes();
            return bytes.length == 0 ? Optional.empty() : Optional.of(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("a paper cannot be read", e);
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

package org.heshi.attachments.store;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Once after each start, beside the work: files from before there were keys come under seal, erased ones that a backup brought back go again. */
@Component
@ConditionalOnWebApplication
class FilesFromBefore {

    private static final Logger LOG = LoggerFactory.getLogger(FilesFromBefore.class);

    private final Folder folder;
    private final KeptForOthers kept;

    FilesFromBefore(Folder folder, KeptForOthers kept) {
        this.folder = folder;
        this.kept = kept;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        Thread.ofVirtual().name("files-from-before").start(() -> {
            try {
                int mended = folder.mend() + kept.mend();
                if (mended > 0) {
                    LOG.info("{} files were brought under seal or taken away again", mended);
                }
            } catch (IOException | RuntimeException e) {
                LOG.error("files from before could not be brought under seal; the next start tries again", e);
            }
        });
    }
}

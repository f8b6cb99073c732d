package org.heshi.matters.view;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.heshi.matters.NamedFiles;
import org.springframework.stereotype.Component;

/** The files of a matter as its own view shows them. */
@Component
class ReadableFiles implements NamedFiles {

    private final MatterViews views;

    ReadableFiles(MatterViews views) {
        this.views = views;
    }

    @Override
    public List<Named> of(UUID matter) {
        try {
            return views.get(matter).files().stream().map(file -> new Named(file.id(), file.name(), file.seq(), file.original())).toList();
        } catch (NoSuchElementException e) {
            return List.of();
        }
    }
}

package org.heshi.mediation.papers;

import java.util.Optional;
import org.heshi.documents.CaseFiles;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Companion;
import org.heshi.matters.OwnPages;
import org.springframework.stereotype.Component;

/** That a file was bound is an entry of the matter, which names the file: there is none without it. The page of the papers does both at once. */
@Component
class BoundFile implements Companion, OwnPages {

    static final String ACTION = "bind";
    /** Most characters of a code. */
    private static final int SHOWN = 40;

    private final CaseFiles files;

    BoundFile(CaseFiles files) {
        this.files = files;
    }

    /** The beginning of a file's digest, as its entry says it. */
    static String digest(CaseFiles.Bound file) {
        return file.sha256().substring(0, SHOWN);
    }

    @Override
    public boolean takesPart(String kind, String action) {
        return kind.equals("dispute") && action.equals(ACTION);
    }

    @Override
    public Judged judge(Step step) {
        boolean bound = files.of(step.matter()).stream().anyMatch(file -> !file.forgotten() && digest(file).equals(step.data().get("digest"))
                && Long.valueOf(file.pages()).equals(step.data().get("pages")));
        return bound ? Judged.FINE : Judged.refused(Refusal.of("mediation-file-not-bound"));
    }

    @Override
    public void keep(Step step) {
        // the file was kept before, in the same transaction
    }

    @Override
    public Optional<String> forStaff(String kind, String action, MatterNumber number) {
        return takesPart(kind, action) ? Optional.of("/mediation/" + number.digits() + "/papers#file") : Optional.empty();
    }
}

package org.heshi.statistics.bulletin;

import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Actor;
import org.heshi.documents.Papers;
import org.heshi.statistics.MonthlyBulletins;
import org.springframework.stereotype.Component;

/** Does in one go what a person does on the page. */
@Component
class ReleaseBulletin implements MonthlyBulletins {

    private final Bulletins bulletins;
    private final WriteBulletin write;
    private final InstantSource clock;

    ReleaseBulletin(Bulletins bulletins, WriteBulletin write, InstantSource clock) {
        this.bulletins = bulletins;
        this.write = write;
        this.clock = clock;
    }

    @Override
    public boolean any() {
        return !bulletins.released(Optional.empty(), 1).rows().isEmpty();
    }

    @Override
    public boolean release(YearMonth month, String foreword, String remarks) {
        Actor.Staff staff = BulletinsController.writer();
        if (bulletins.numberOf(staff.scope(), month).isPresent()) {
            return false;
        }
        Instant now = clock.instant();
        UUID id = bulletins.draft(staff.scope(), month, staff.unit(), staff.post(), now);
        Bulletin draft = bulletins.find(id).orElseThrow();
        if (!List.of("", foreword).contains(draft.foreword()) || !List.of("", remarks).contains(draft.remarks())) {
            return false;
        }
        BulletinForm form = new BulletinForm(foreword, remarks, Integer.toString(draft.revision()));
        if (!form.refusals().isEmpty() || !bulletins.save(id, form, staff.post(), now)) {
            return false;
        }
        Bulletin bulletin = bulletins.find(id).orElseThrow();
        WriteBulletin.Told told = write.told(bulletin.place(), month, Locale.SIMPLIFIED_CHINESE);
        int number = bulletins.next(bulletin.place(), month.getYear());
        return write.paper(bulletin, told, Optional.of(number), Optional.empty(), now) instanceof Papers.Rendered.Done done
                && bulletins.release(bulletin, number, done.pdf(), told.report().counted().orElse(now), staff.post(), now);
    }
}

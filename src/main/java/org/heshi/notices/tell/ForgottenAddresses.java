package org.heshi.notices.tell;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import org.heshi.matters.Forgetting;
import org.heshi.matters.MatterSeal;
import org.heshi.notices.mail.MailSettings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** No mail of an erased matter is sent any more; the addresses of those that waited go, and what servers said of them. */
@Component
class ForgottenAddresses implements Forgetting {

    private static final String EMAIL = "email";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final MatterSeal seal;

    ForgottenAddresses(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock, MatterSeal seal) {
        this.seal = seal;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String room() {
        return "notices";
    }

    @Override
    public boolean forget(Forgotten matter) {
        forget(matter.matter(), "");
        return true;
    }

    /** @param whose recipient; empty: all */
    private void forget(UUID matter, String whose) {
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("update notices.mail set address = null, dead_at = ? where matter = ? and ? in ('', recipient) and address is not null")
                    .params(clock.instant().atOffset(ZoneOffset.UTC), matter, whose).update();
            jdbc.sql("update notices.mail set failure = null where matter = ? and ? in ('', recipient) and failure is not null").params(matter, whose).update();
        });
    }

    private record Waiting(UUID id, String address) {
    }

    /** When the address went, nothing is sent any more. Else what waits is sealed anew: the key under which it is will be destroyed. */
    @Override
    public boolean forgetPart(Part part) {
        if (part.fields().contains(EMAIL)) {
            forget(part.matter(), "reporter");
            return true;
        }
        String where = MailSettings.reporterOf(part.number());
        transactions.executeWithoutResult(_ -> jdbc.sql("select id, address from notices.mail where matter = ? and recipient = 'reporter' and address is not null and strpos(address, '@') = 0 for update")
                .param(part.matter()).query((r, _) -> new Waiting(r.getObject("id", UUID.class), r.getString("address"))).list()
                .forEach(mail -> seal.open(where, mail.address()).flatMap(address -> seal.seal(part.matter(), where, address))
                        .ifPresent(anew -> jdbc.sql("update notices.mail set address = ? where id = ?").params(anew, mail.id()).update())));
        return true;
    }
}

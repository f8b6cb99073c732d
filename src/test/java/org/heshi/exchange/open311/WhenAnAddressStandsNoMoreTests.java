package org.heshi.exchange.open311;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CivilTime;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class WhenAnAddressStandsNoMoreTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    Addresses addresses;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    @Test
    void itIsNamedAsItWasCalledLast() {
        County county = County.make(context);
        Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql("update divisions.standing set valid_to = ? where code = any (?)")
                .params(CivilTime.dateOf(java.time.Clock.systemUTC().instant()), new String[] {county.townB, county.villageB}).update()));
        assertThat(addresses.addresses(List.of(county.villageB)).get(county.villageB)).startsWith("乙一村, 乙镇");
        assertThat(addresses.find(county.villageB)).as("nobody reports there any more").isEmpty();
    }
}

package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.NoSuchElementException;
import org.heshi.directory.Directory;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@HeshiTest
class CountyTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    Directory directory;
    @Autowired
    InstantSource clock;

    @Test
    void isACountyOfItsOwnEachTime() {
        County one = County.make(context);
        County other = County.make(context);
        assertThat(one.code).isNotEqualTo(other.code);
        assertThat(directory.centreFor(one.villageA)).contains(one.centreA);
        assertThat(directory.countyCentreFor(one.villageA)).contains(one.centre);
        assertThat(directory.whoHandles(County.ROADS, one.villageB).orElseThrow().lead()).isEqualTo(one.roads);
        assertThat(directory.receivingOrganFor(one.roads.id())).contains(one.organ);
        assertThat(one.actor(one.supervisor).scope()).isEqualTo(one.code);
        assertThat(one.actor(one.handler).scope()).isEmpty();
        assertThatThrownBy(() -> one.actor(one.former)).isInstanceOf(NoSuchElementException.class);
    }
}

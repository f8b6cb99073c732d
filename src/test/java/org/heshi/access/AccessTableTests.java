package org.heshi.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.heshi.access.AccessTable.Cell;
import org.heshi.access.AccessTable.Field;
import org.heshi.access.AccessTable.Sight;
import org.heshi.access.AccessTable.Standing;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.heshi.kernel.Uuid7;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one table of rights: whoever writes nonsense into it is told what and where, and the program does not start with it. */
class AccessTableTests {

    private static String shipped() {
        try (InputStream in = Objects.requireNonNull(AccessTable.class.getResourceAsStream("/access/table.md"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void saysForEverybodyHowTheyStandAndForEveryKindWhatTheyMay() {
        AccessTable table = AccessTable.shipped();
        int cells = 0;
        for (String who : AccessTable.people()) {
            for (Standing standing : AccessTable.standingsOf(who)) {
                for (String kind : table.groups().keySet()) {
                    for (Field field : Field.values()) {
                        assertThat(table.cell(who, standing, kind, false, field)).isNotNull();
                        cells++;
                    }
                }
            }
        }
        assertThat(cells).isGreaterThan(14_000);
        assertThat(table.lines()).allSatisfy(line -> {
            assertThat(line.why().zh()).matches("(?s).*\\p{IsHan}.*");
            assertThat(line.why().en()).doesNotContainPattern("\\p{IsHan}");
            assertThat(line.section().zh()).isNotEmpty();
        });
    }

    @Test
    void givesAdministratorsAndWhoIsBarredNothing() {
        AccessTable table = AccessTable.shipped();
        for (Field field : Field.values()) {
            for (Standing standing : Standing.values()) {
                assertThat(table.cell("administrator", standing, "petition", false, field)).isEqualTo(Cell.NOTHING);
            }
            for (Role role : Role.values()) {
                assertThat(table.cell(role.code(), Standing.BARRED, "petition", false, field)).isEqualTo(Cell.NOTHING);
            }
        }
    }

    @Test
    void guardsACountysOwnKindAsItsGroup() {
        AccessTable table = AccessTable.shipped();
        assertThat(table.cell("handler", Standing.LEAD, "lamp-repair", false, Field.ANSWER)).isEqualTo(table.cell("handler", Standing.LEAD, "service", false, Field.ANSWER));
        assertThat(table.acts(Role.HANDLER, Standing.LEAD, "lamp-repair", false, EnumSet.of(Field.ANSWER))).isTrue();
        assertThat(table.acts(Role.HANDLER, Standing.LEAD, "errand", true, EnumSet.of(Field.ANSWER))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', value = {
        "| window-clerk handler | desk | between-offices;| window-clerk handlr | desk | between-offices;unknown role 'handlr'",
        "| window-clerk handler | desk | between-offices;| window-clerk handler | dsk | between-offices;unknown relation 'dsk'",
        "| window-clerk handler | desk | between-offices;| window-clerk handler | desk | betwen;unknown kind 'betwen'",
        "| window-clerk handler | desk | between-offices;| window-clerk handler | desk | all;two lines say what 'handler' may who stands as 'desk' to a matter of kind 'advice'",
        "| window-clerk handler | desk | between-offices;| window-clerk | desk | between-offices;no line says what 'handler' may who stands as 'desk' to a matter of kind 'task'",
        "| kinds between-offices | task whistle ;| kinds between-offices | task whistle stuck ;the kind 'stuck' stands in two groups",
        "| number | words |;| number | wrds |;unknown field 'wrds'",
        "| number | words |;| number |;the field 'words' has no column",
        "| S | SA | SA | TA |;| S | SA | SA | QA |;'QA' is no cell",
        "| S | SA | SA | TA |;| - | SA | SA | TA |;would see words of a matter that must not be known to be there",
        "| administrator | new desk lead helper verifier origin above above-town opened none barred | all | - |;"
            + "| administrator | new desk lead helper verifier origin above above-town opened none barred | all | S |;must have nothing",
        "| supervisor head | opened | all | S | S |;| supervisor head | opened | all | S | SA |;only reads",
        "| stranger | none |;| stranger | reporter |;'stranger' never stands as 'reporter'",
        "## 管理员 · Administrators;## 管理员;a heading is said in both languages"})
    void refusesWhatMakesNoSense(String was, String is, String said) {
        String text = shipped();
        assertThat(text).contains(was);
        assertThatThrownBy(() -> AccessTable.read(text.replace(was, is))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(said);
    }

    @Test
    void decidesWhichPlacesAPostSees() {
        assertThat(post(UnitType.CENTRE, Role.DISPATCHER).scope()).isEqualTo("330681");
        assertThat(post(UnitType.CENTRE, Role.HANDLER, Role.WINDOW_CLERK, Role.ADMINISTRATOR).scope()).isEmpty();
        assertThat(post(UnitType.TOWN, Role.AUDITOR).scope()).isEqualTo("330681");
        assertThat(post(UnitType.TOWN, Role.DISPATCHER, Role.HEAD).scope()).isEmpty();
        assertThat(post(UnitType.DEPARTMENT, Role.values()).scope()).isEmpty();
        assertThat(post(UnitType.CENTRE, Role.AUDITOR).takesOut()).isFalse();
        assertThat(post(UnitType.CENTRE, Role.HEAD).takesOut()).isTrue();
        assertThat(post(UnitType.TOWN, Role.HEAD, Role.AUDITOR).takesOut()).as("what another role of theirs sees is not the head's").isFalse();
    }

    @Test
    void letsSeeOnlyWhatIsWrittenDownForContacts() {
        AccessTable table = AccessTable.shipped();
        for (String who : AccessTable.people()) {
            for (Standing standing : AccessTable.standingsOf(who)) {
                Sight sight = table.cell(who, standing, "service", false, Field.CONTACT).see();
                assertThat(sight).as("%s %s", who, standing).isIn(who.equals(AccessTable.MACHINE) ? List.of(Sight.ALL, Sight.NO) : List.of(Sight.NO, Sight.OWN, Sight.TURN, Sight.OPEN));
            }
        }
    }

    private static Actor.Staff post(UnitType type, Role... roles) {
        return new Actor.Staff(new HeldPost(id(), "岗位", id(), "某人", id(), "某单位", type, "330681", Set.of(roles), false));
    }

    private static java.util.UUID id() {
        return Uuid7.at(java.time.Instant.EPOCH);
    }
}

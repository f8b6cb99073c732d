package org.heshi.calendar.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.heshi.calendar.days.Notice;
import org.heshi.calendar.days.NoticeDay;
import org.heshi.kernel.Refusal;
import org.junit.jupiter.api.Test;

class WhenANoticeIsWrongTests {

    private static final int NOW = 2026;

    private static NoticeText.Reading read(String year, String days) {
        return NoticeText.read(new NoticeForm(year, "国办发明电〔2026〕9号", days), "days", NOW);
    }

    private static List<Refusal> refusals(String year, String days) {
        assertThat(read(year, days)).as(days).isInstanceOf(NoticeText.Reading.Refused.class);
        return ((NoticeText.Reading.Refused) read(year, days)).refusals();
    }

    private static Notice notice(String year, String days) {
        assertThat(read(year, days)).as("%s", read(year, days)).isInstanceOf(NoticeText.Reading.Read.class);
        return ((NoticeText.Reading.Read) read(year, days)).notice();
    }

    private static void refused(String year, String days, String code, Object... arguments) {
        assertThat(refusals(year, days)).as(days).containsExactly(Refusal.at("days", code, arguments));
    }

    @Test
    void refusesDaysThatDoNotExist() {
        refused("2027", "2027-02-29,holiday,春节", "calendar-date", "1", "2027-02-29");
        refused("2027", "2027-01-01,holiday,元旦\n2027-13-01,holiday,元旦", "calendar-date", "2", "2027-13-01");
        refused("2027", "元旦,holiday,2027-01-01", "calendar-date", "1", "元旦");
    }

    @Test
    void refusesAMissingOrImpossibleYear() {
        for (String year : List.of("", "  ", "27", "2003", "2028", "20277", "二〇二七", "-2027")) {
            assertThat(refusals(year, "2027-01-01,holiday,元旦")).as(year).extracting(Refusal::field).contains("year");
        }
        assertThat(refusals("2027", "{\"year\": 2026, \"holidays\": {\"2027-01-01\": \"元旦\"}}")).containsExactly(Refusal.at("year", "calendar-year-differs", "2026"));
    }

    @Test
    void refusesDaysOfOtherYearsButForTheDecemberBefore() {
        refused("2027", "2026-11-30,holiday,元旦", "calendar-other-year", "1", "2026-11-30", "2027", "2026");
        refused("2027", "2028-01-01,holiday,元旦", "calendar-other-year", "1", "2028-01-01", "2027", "2026");
        assertThat(notice("2027", "2026-12-31,holiday,元旦").days()).containsExactly(new NoticeDay(LocalDate.of(2026, 12, 31), NoticeDay.Kind.HOLIDAY, "元旦"));
    }

    @Test
    void refusesADayThatIsBothOrTwice() {
        refused("2027", "2027-01-02,holiday,元旦\n2027-01-02,workday,元旦", "calendar-both-kinds", "2", "2027-01-02");
        refused("2027", "2027-01-02,holiday,元旦\n2027-01-02,holiday,元旦", "calendar-day-twice", "2", "2027-01-02");
        refused("2027", "{\"holidays\": {\"2027-01-02\": \"元旦\"}, \"workdays\": {\"2027-01-02\": \"元旦\"}}", "calendar-both-kinds", "2", "2027-01-02");
        assertThat(refusals("2027", "{\"holidays\": {\"2027-01-02\": \"元旦\", \"2027-01-02\": \"元旦\"}}")).extracting(Refusal::code).containsExactly("calendar-not-json");
    }

    @Test
    void refusesAMakeUpDayThatIsNoWeekend() {
        refused("2027", "2027-01-01,holiday,元旦\n2027-01-04,workday,元旦", "calendar-workday-in-the-week", "2", "2027-01-04");
    }

    @Test
    void refusesWhatIsNoNotice() {
        refused("2027", "", "calendar-nothing");
        refused("2027", "date,kind,name", "calendar-nothing");
        refused("2027", "2027-01-09,workday,元旦", "calendar-no-holiday");
        refused("2027", "2027-01-01,holiday", "calendar-columns", "1", "2027-01-01,holiday");
        refused("2027", "2027-01-01,feast,元旦", "calendar-kind", "1", "feast");
        refused("2027", "2027-01-01,holiday,", "calendar-name", "1", "2027-01-01");
        refused("2027", "{}", "calendar-json-shape");
        refused("2027", "[1, 2]", "calendar-json-shape");
        assertThat(refusals("2027", "{\"holidays\": {")).extracting(Refusal::code).containsExactly("calendar-not-json");
        assertThat(refusals("2027", "x\n".repeat(100))).hasSize(13).last().extracting(Refusal::code).isEqualTo("calendar-more");
        assertThat(NoticeText.read(new NoticeForm("2027", " ", "2027-01-01,holiday,元旦"), "days", NOW)).isInstanceOf(NoticeText.Reading.Refused.class);
    }

    @Test
    void readsTheSameFromEveryShape() {
        Notice wanted = notice("2027", "2027-01-01,holiday,元旦\n2027-01-09,workday,元旦");
        assertThat(wanted.days()).hasSize(2);
        assertThat(notice("2027", "日期\t类型\t节日\n2027/1/9\t上班\t元旦\n\n2027年1月1日，放假，元旦")).isEqualTo(wanted);
        assertThat(notice("2027", "\uFEFFdate,kind,name\r\n\"2027-01-01\",\"Holiday\",\"元旦\"\r\n2027-01-09,WORKDAY,元旦,,\r\n")).isEqualTo(wanted);
        assertThat(notice("", "{\"year\": 2027, \"holidays\": {\"2027-01-01\": \"元旦\"}, \"workdays\": {\"2027-01-09\": \"元旦\"}}")).isEqualTo(wanted);
        assertThat(notice("2027", "{\"holidays\":{\"2027-01-01\":\"New Year's Day,元旦,1\"},\"workdays\":{\"2027-01-09\":\"New Year's Day,元旦,1\"},\"inLieuDays\":{}}"))
                .isEqualTo(wanted);
    }

    @Test
    void readsFilesAsSpreadsheetsSaveThem() {
        String text = "2027-01-01,放假,元旦";
        assertThat(NoticeText.decode(text.getBytes(StandardCharsets.UTF_8))).contains(text);
        assertThat(NoticeText.decode(text.getBytes(Charset.forName("GB18030")))).contains(text);
        assertThat(NoticeText.decode(new byte[] {0x50, 0x4b, 3, 4, 0, 0})).isEmpty();
    }

    @Property
    void alwaysAnswers(@ForAll String year, @ForAll String days) {
        assertThat(read(year, days)).isNotNull();
        assertThat(read("2027", "{" + days)).isInstanceOf(NoticeText.Reading.Refused.class);
    }
}

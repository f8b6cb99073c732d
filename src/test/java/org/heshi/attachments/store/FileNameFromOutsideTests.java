package org.heshi.attachments.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileNameFromOutsideTests {

    @Test
    void keepsWhatThePersonCalledIt() {
        assertThat(FileName.of("楼道堆物 (2).JPG", "image/jpeg")).isEqualTo("楼道堆物 (2).jpg");
        assertThat(FileName.of("C:\\Users\\a\\照片.webp", "image/jpeg")).isEqualTo("照片.jpg");
    }

    @Test
    void hasNoPathMarkupOrDirectionLeft() {
        assertThat(FileName.of("../../etc/passwd", "image/png")).isEqualTo("passwd.png");
        assertThat(FileName.of("<img src=x onerror=alert(1)>.png", "image/png")).doesNotContain("<", ">", "=", "\"");
        assertThat(FileName.of("photo\u202Egpj.exe", "image/jpeg")).isEqualTo("photogpj.jpg");
        assertThat(FileName.of("a\r\nSet-Cookie: x=1", "image/jpeg")).doesNotContain("\r", "\n", ":");
        assertThat(FileName.of("\uD83D", "image/jpeg")).isEqualTo("photo.jpg");
    }

    @Test
    void isNeverEmptyNorLong() {
        assertThat(FileName.of("", "image/jpeg")).isEqualTo("photo.jpg");
        assertThat(FileName.of("....", "image/jpeg")).isEqualTo("photo.jpg");
        assertThat(FileName.of("长".repeat(500), "image/jpeg").length()).isLessThanOrEqualTo(80);
    }
}

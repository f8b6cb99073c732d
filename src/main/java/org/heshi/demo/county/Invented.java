package org.heshi.demo.county;

import java.util.Random;
import java.util.UUID;

/**
 * Names and ids out of a seed: the same on every machine. Names are put together from common surnames and two auspicious characters; whoever
 * really bears one is not meant. Telephone numbers have an exchange that does not exist.
 */
final class Invented {

    private static final String SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";
    private static final String GIVEN = "安和平正明文信诚宁康景思远清华建国立新春秋晓云海山林川江月星辰光宇泽润嘉佳美慧敏静雅芳兰竹梅菊松柏青蓝丹玉珠琳宜家兴旺福祥瑞吉庆丰登顺达通志强勇毅恒德仁义礼智";

    private final Random random;
    private long drawn;

    Invented(long seed) {
        this.random = new Random(seed);
    }

    String name() {
        return one(SURNAMES) + one(GIVEN) + one(GIVEN);
    }

    /** Version 7 as everywhere, but of a fixed moment and in the order of drawing. */
    UUID id() {
        long at = 1_767_196_800_000L + drawn++;
        long high = (at << 16) | 0x7000L | random.nextInt(0x1000);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    String phone() {
        return "0575-0000%04d".formatted(random.nextInt(10_000));
    }

    private String one(String characters) {
        int i = random.nextInt(characters.length());
        return characters.substring(i, i + 1);
    }
}

package org.heshi.divisions;

/**
 * How a Chinese name is typed on a Latin keyboard: toneless Hanyu Pinyin in small letters, ü written v. Latin letters and digits of the name
 * are kept (in small letters), everything else without a reading is passed over. Place names are read as their people read them:
 * 重庆 is chongqing, 六安 luan, 诸暨 zhuji.
 */
public interface Pinyin {

    /** The first letter of every syllable: 枫桥镇 is {@code fqz}. */
    String initials(String name);

    /** All syllables, joined: 枫桥镇 is {@code fengqiaozhen}. */
    String full(String name);
}

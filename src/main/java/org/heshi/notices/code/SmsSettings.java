package org.heshi.notices.code;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The SMS provider. Without an address no SMS is sent.
 *
 * @param url      of its interface, {@code https://sms.tencentcloudapi.com}; nothing else is ever asked
 * @param id       SecretId
 * @param key      SecretKey
 * @param region   where it is asked
 * @param app      SdkAppId
 * @param sign     signature that was approved, which stands before the text
 * @param template id of a template that was approved, whose {@code {1}} is the code and {@code {2}} the minutes that it is good for
 * @param linkTemplate id of a template that was approved, whose {@code {1}} is a link to sign by; without one no link goes by SMS
 */
@ConfigurationProperties("heshi.sms")
record SmsSettings(@DefaultValue("") String url, @DefaultValue("") String id, @DefaultValue("") String key, @DefaultValue("ap-guangzhou") String region,
        @DefaultValue("") String app, @DefaultValue("") String sign, @DefaultValue("") String template, @DefaultValue("") String linkTemplate) {

    boolean configured() {
        return !url.isBlank();
    }

    boolean links() {
        return configured() && !linkTemplate.isBlank();
    }

    URI address() {
        return URI.create(url.strip().replaceFirst("/+$", "") + "/");
    }

    @Override
    public String toString() {
        return "SmsSettings[url=" + url + "]";
    }
}

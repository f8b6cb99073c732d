package org.heshi.identity.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.springframework.session.MapSession;
import org.springframework.session.Session;

/** A session that knows what of it PostgreSQL does not have yet. */
final class KeptSession implements Session {

    private final MapSession content;
    private final String idAtLoad;
    private final Instant seenAtLoad;
    private final boolean isNew;
    private boolean changed;

    KeptSession(MapSession content, boolean isNew) {
        this.content = content;
        this.isNew = isNew;
        this.idAtLoad = content.getId();
        this.seenAtLoad = content.getLastAccessedTime();
    }

    boolean isNew() {
        return isNew;
    }

    boolean isChanged() {
        return changed || !content.getId().equals(idAtLoad);
    }

    String idAtLoad() {
        return idAtLoad;
    }

    Instant seenAtLoad() {
        return seenAtLoad;
    }

    @Override
    public String getId() {
        return content.getId();
    }

    @Override
    public String changeSessionId() {
        return content.changeSessionId();
    }

    @Override
    public <T> T getAttribute(String attributeName) {
        return content.getAttribute(attributeName);
    }

    @Override
    public Set<String> getAttributeNames() {
        return content.getAttributeNames();
    }

    @Override
    public void setAttribute(String attributeName, Object attributeValue) {
        content.setAttribute(attributeName, attributeValue);
        changed = true;
    }

    @Override
    public void removeAttribute(String attributeName) {
        content.removeAttribute(attributeName);
        changed = true;
    }

    @Override
    public Instant getCreationTime() {
        return content.getCreationTime();
    }

    @Override
    public void setLastAccessedTime(Instant lastAccessedTime) {
        content.setLastAccessedTime(lastAccessedTime);
    }

    @Override
    public Instant getLastAccessedTime() {
        return content.getLastAccessedTime();
    }

    @Override
    public void setMaxInactiveInterval(Duration interval) {
        content.setMaxInactiveInterval(interval);
        changed = true;
    }

    @Override
    public Duration getMaxInactiveInterval() {
        return content.getMaxInactiveInterval();
    }

    @Override
    public boolean isExpired() {
        return content.isExpired();
    }
}

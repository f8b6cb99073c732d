package org.heshi.matters;

import java.time.Duration;
import java.util.Map;

/** How long the sequencer and each follower were at work since this process began; for who measures. */
public interface FollowersWork {

    /** By name; waiting for something to do does not count. */
    Map<String, Duration> busy();
}

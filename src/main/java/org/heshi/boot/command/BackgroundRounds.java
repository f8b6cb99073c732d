package org.heshi.boot.command;

import java.util.List;
import org.heshi.kernel.Repeating;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Starts and stops, with the serving program, what rooms do again and again in the background: each bean of {@link Repeating}. */
@Component
@ConditionalOnWebApplication
class BackgroundRounds implements SmartLifecycle {

    private final List<Repeating> rounds;
    private volatile boolean running;

    BackgroundRounds(List<Repeating> rounds) {
        this.rounds = rounds;
    }

    @Override
    public void start() {
        rounds.forEach(Repeating::start);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        rounds.forEach(Repeating::stop);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

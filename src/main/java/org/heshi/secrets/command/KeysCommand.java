package org.heshi.secrets.command;

import java.io.PrintWriter;
import java.util.Objects;
import org.heshi.kernel.CliCommand;
import org.heshi.kernel.Progress;
import org.heshi.secrets.store.KeyStore;
import org.heshi.secrets.store.StoreCopy;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./heshi keys [--renew | --copy]}. */
@Lazy
@Component
@Command(name = "keys", description = {"Shows how the key store stands: without it no word of a resident opens.",
        "With --renew wraps every key by a new key of keys; the program may run meanwhile, and a call that was broken off is called again."})
class KeysCommand implements CliCommand {

    @Option(names = "--renew", description = "take a new key of keys into use and forget the old one")
    private boolean renew;

    @Option(names = "--copy", description = "make the copy anew: the old one is lost for good")
    private boolean copy;

    @Spec
    private @Nullable CommandSpec spec;

    private final KeyStore store;

    KeysCommand(KeyStore store) {
        this.store = store;
    }

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (renew) {
            try (Progress progress = new Progress("keys", store.state().keys())) {
                store.rotate(progress::add);
            }
            out.println("every key is wrapped by a new key of keys; the old one is forgotten. Run ./heshi backup, so that the backup has the new one, too");
        } else if (copy) {
            store.copyAgain();
        } else {
            store.follow();
        }
        KeyStore.State state = store.state();
        out.printf("%-12s %s%n", "key store", state.store());
        out.printf("%-12s %,d%n", "keys", state.keys());
        out.printf("%-12s %,d%n", "destroyed", state.destroyed());
        out.printf("%-12s %s%n", "wrapped by", state.wrappedBy());
        out.printf("%-12s %s%n", "copy", state.copy().map(KeysCommand::said).orElse("none: HESHI_KEYS_COPY is not set. If this disk is lost, every word of every resident is lost"));
        return state.copy().isPresent() && state.copy().get().behindSince().isEmpty() ? 0 : 1;
    }

    private static String said(StoreCopy.State copy) {
        return copy.file() + copy.behindSince().map(since -> " cannot be reached").orElse(" holds the same");
    }
}

package org.heshi.proof.tree;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.heshi.matters.Follower;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.WholeLog;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Grows the tree by every entry as soon as its position is known. */
@Component
public class TreeFollower implements Follower {

    private final Tree tree;

    TreeFollower(@Qualifier("follower") JdbcClient jdbc, WholeLog log) {
        this.tree = new Tree(jdbc, log);
    }

    @Override
    public String name() {
        return "proof";
    }

    @Override
    public void follow(List<LoggedEntry> batch) {
        long size = tree.locked();
        List<Hash> leaves = new ArrayList<>();
        for (LoggedEntry entry : batch) {
            if (entry.position() <= size) {
                continue;
            }
            if (entry.position() != size + leaves.size() + 1) {
                throw new IllegalStateException("the tree has " + (size + leaves.size()) + " leaves and was given position " + entry.position());
            }
            leaves.add(leaf(entry.content()));
        }
        if (!leaves.isEmpty()) {
            tree.append(size, leaves);
        }
    }

    /** The leaf of an entry: over the digest of its content, which binds its matter, its number and the entry before it (decision 1). */
    public static Hash leaf(String content) {
        try {
            return Hash.leaf(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}

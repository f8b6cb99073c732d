-- Whoever is barred from a matter after they were told of it has nothing unread of it any more.
grant update (read_at) on notices.notice to heshi_follower;

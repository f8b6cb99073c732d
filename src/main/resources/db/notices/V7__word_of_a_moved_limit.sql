-- A limit that was extended, or counted again, is another limit: what was said of the old instant does not silence what is to be said of the new one.
alter table notices.notice add column due_at timestamptz;
drop index notices.notice_of_limit;
create unique index notice_of_limit on notices.notice (matter, seq, post, clock, event, due_at) nulls not distinct where clock <> '';

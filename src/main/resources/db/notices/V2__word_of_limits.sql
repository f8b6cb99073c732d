-- Word of limits stands beside word of entries: which clock, and how far it has come.
alter table notices.notice add column clock text collate "C" not null default '' check (clock ~ '^[a-z0-9-]{0,40}$');
alter table notices.notice drop constraint notice_event_check;
alter table notices.notice add check (event in ('new', 'emergency', 'assigned', 'returned', 'answered', 'redo', 'replied', 'added', 'reopened', 'withdrawn',
  'moved', 'limit-soon', 'limit-over', 'limit-head', 'limit-supervisor', 'limit-above'));
alter table notices.notice add check ((clock <> '') = starts_with(event, 'limit-'));
alter table notices.notice drop constraint notice_matter_seq_post_key;
create unique index notice_of_entry on notices.notice (matter, seq, post) where clock = '';
create unique index notice_of_limit on notices.notice (matter, seq, post, clock, event) where clock <> '';

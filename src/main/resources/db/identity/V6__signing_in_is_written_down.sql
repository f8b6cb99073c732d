-- Signing in and out, and what was refused, beside what was done with the means for it. What is refused is one row a minute, however often it was
-- tried; a name that nobody has leaves a row of nobody, so that it takes as long as one that somebody has.
alter table identity.account_event alter column person drop not null;
alter table identity.account_event
  add column browser text collate "C" not null default '' check (browser ~ '^[a-z/]{0,40}$'),
  add column times   integer not null default 1 check (times > 0),
  add column minute  timestamptz;
comment on table identity.account_event is 'class: staff. Signing in and out of an account, what was refused, what was done with the means for it and by whom (none: a command on the server); shown to its owner and, one account at a time, to auditors. Erased after heshi.identity.events-for.';
create unique index account_event_minute on identity.account_event (person, what, minute) nulls not distinct where minute is not null;
create index account_event_at on identity.account_event (at);
grant update (times), delete on identity.account_event to heshi_app;

-- What kind of things an agreement settles, as whoever wrote it said: some of them no court confirms.
alter table mediation.draft add column settles text collate "C" check (settles in ('duties', 'status', 'title', 'outside'));

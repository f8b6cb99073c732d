-- A figure is written when a matter comes in, is assigned and is closed. Its place stays, so closing it changes no tree any more: when matters were closed is
-- told by ranges of pages, for most are closed within weeks (several spans a range: one that is closed a year later widens none); where, by one entry a place.
-- What was assigned is found by place, unit and time as before.
drop index supervision.figure_assigned_county;
drop index supervision.figure_assigned_town;
drop index supervision.figure_assigned_unit;
drop index supervision.figure_closed_county;
drop index supervision.figure_closed_town;
drop index supervision.figure_closed_unit;
drop index supervision.figure_closed_then;
create index figure_assigned_county on supervision.figure (county, assigned_at) where assigned_at is not null;
create index figure_assigned_town on supervision.figure (town, assigned_at) where assigned_at is not null;
create index figure_of_unit on supervision.figure (unit, assigned_at) where unit is not null;
create index figure_of_county on supervision.figure (county);
create index figure_of_town on supervision.figure (town);
create index figure_closed on supervision.figure using brin (closed_at timestamptz_minmax_multi_ops) with (pages_per_range = 16, autosummarize = on);
-- Its updates stay on their page: a tenth of it is room enough.
alter table supervision.figure set (fillfactor = 90);

-- Lists of marks, newest first: what happened in the same instant is sorted when it is read.
drop index supervision.mark_list_county;
drop index supervision.mark_list_town;
drop index supervision.paper_of_county;
drop index supervision.paper_of_town;
drop index supervision.paper_waits_county;
drop index supervision.paper_waits_town;
create index mark_list_county on supervision.mark (what, county, at);
create index mark_list_town on supervision.mark (what, town, at);
create index paper_of_county on supervision.mark (county, at) where paper is not null;
create index paper_of_town on supervision.mark (town, at) where paper is not null;
create index paper_waits_county on supervision.mark (county, at) where paper is not null and until = 'infinity';
create index paper_waits_town on supervision.mark (town, at) where paper is not null and until = 'infinity';

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

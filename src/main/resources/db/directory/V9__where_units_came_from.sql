-- A place was renumbered or merged and its units went along: where they stood before. Who was at the place already comes before who arrived.
alter table directory.unit add column came_from text collate "C" check (came_from ~ '^[0-9]{2,17}$');
comment on column directory.unit.came_from is 'the code of the place that it stood at before that place got another code or went into another one';

-- A unit stands on a place of the register; its id outlives codes.
alter table directory.unit add foreign key (division) references divisions.division (id);

-- What lies in the future may be cancelled; what has begun only ends.
grant delete on directory.holding, directory.leave to heshi_app;
create policy only_future on directory.holding as restrictive for delete using (starts_at > now());

-- The administrator's list of units: by place, then by name.
drop index directory.unit_list;
create index unit_list on directory.unit (division_code, name, id);
create index handles_list on directory.handles (division_code, category, id);

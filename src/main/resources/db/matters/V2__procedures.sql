-- Every version of every procedure that was ever in force, each with all that it included.
create table matters.procedure (
  kind         text collate "C" not null check (kind ~ '^[a-z][a-z0-9-]{0,39}$'),
  version      int not null check (version >= 1),
  digest       bytea not null check (digest = sha256(convert_to(source, 'UTF8'))),
  source       text not null,
  published_at timestamptz not null,
  primary key (kind, version)
);
comment on table matters.procedure is 'class: public. Published procedures; a matter stays on the version that it began with.';
grant select, insert on matters.procedure to heshi_app;
grant select on matters.procedure to heshi_follower;

create trigger procedure_is_kept before update or delete on matters.procedure for each row execute function matters.refuse_change();
create trigger procedure_is_never_emptied before truncate on matters.procedure for each statement execute function matters.refuse_change();

-- A matter's version is one that was published, and the state that it stands in belongs to it by the program's care.
alter table matters.matter add foreign key (kind, procedure) references matters.procedure (kind, version);

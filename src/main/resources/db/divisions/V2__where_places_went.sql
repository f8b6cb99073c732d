-- Where a place went whose code ended: into one other (renumbered, merged) or several (split). A place that only got another code keeps its id and needs no row here.
create table divisions.succession (
  code    text collate "C" not null check (code ~ '^[1-9][0-9]+$'),
  on_day  date not null,
  to_code text collate "C" not null check (to_code ~ '^[1-9][0-9]+$' and to_code <> code),
  primary key (code, on_day, to_code)
);
comment on table divisions.succession is 'class: public. Places whose codes ended, and the codes of the places that they went into.';
create index standing_ended on divisions.standing (valid_to) where valid_to < 'infinity';
grant select on divisions.succession to heshi_app, heshi_follower;
grant insert on divisions.succession to heshi_app;

-- Facts about this installation that no room owns: when it was first started, what was seeded.
create table boot.fact (
  name  text primary key,
  value text not null,
  at    timestamptz not null default now()
);
grant usage on schema boot to heshi_app, heshi_follower;
grant select, insert on boot.fact to heshi_app;

-- The end of a matter: put away (nothing but storage, PIPL 47), then its words are erased. Both are entries of its chain.
alter table matters.matter add column put_away_at timestamptz, add column erased_at timestamptz;
create index matter_to_put_away on matters.matter (kind, closed_at, id) where closed_at is not null and put_away_at is null and erased_at is null;
create index matter_to_erase on matters.matter (kind, closed_at, id) where put_away_at is not null and erased_at is null;

-- Who held a matter that is put away. While it is, nobody holds it, so that every policy of every room shows it to no office.
create table matters.put_away (
  matter        uuid not null references matters.matter (id),
  unit          uuid not null,
  relation      text not null check (relation in ('desk', 'lead', 'helper', 'verifier', 'origin')),
  division_code text collate "C" not null,
  primary key (matter, unit, relation)
);
comment on table matters.put_away is 'class: owned. Which units held a matter before it was put away; read by the program itself only.';
alter table matters.put_away enable row level security;
grant select, insert, delete on matters.put_away to heshi_app;
create policy program on matters.put_away for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');

-- Evidence of an erasure, kept without what was erased.
create table matters.erasure (
  matter      uuid primary key references matters.matter (id),
  seq         int not null,
  at          timestamptz not null,
  ground      text not null check (ground in ('retention', 'request', 'other')),
  rule        text not null check (char_length(rule) between 1 and 120),
  particulars int not null check (particulars >= 0),
  files       uuid[] not null,
  digest      bytea not null check (octet_length(digest) = 32),
  rooms       text[] not null default '{}',
  done_at     timestamptz check (done_at >= at),
  foreign key (matter, seq) references matters.entry (matter, seq)
);
comment on table matters.erasure is 'class: owned. That and by which rule the words of a matter were erased: how many, their digest, and which rooms have forgotten it. No word of it.';
create index erasure_not_done on matters.erasure (at) where done_at is null;
alter table matters.erasure enable row level security;
grant select, insert on matters.erasure to heshi_app;
grant update (rooms, done_at) on matters.erasure to heshi_app;
create policy see on matters.erasure for select to heshi_app using (matters.may_see(matter));
create policy add on matters.erasure for insert to heshi_app with check (current_setting('app.kind', true) = 'machine');
create policy finish on matters.erasure for update to heshi_app using (current_setting('app.kind', true) = 'machine');

-- A link for the reporter's word leads nowhere when the matter has ended for good.
grant delete on matters.ask_link to heshi_app;
create policy forget on matters.ask_link for delete to heshi_app using (current_setting('app.kind', true) = 'machine');

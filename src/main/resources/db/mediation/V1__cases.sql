grant usage on schema mediation to heshi_app;

-- What is being worked on, kept by the act that says it. Codes, numbers and days only: words stand in the particulars of the log, and all of this can be made anew from it.
create table mediation.dispute (
  matter       uuid primary key references matters.matter (id),
  unit         uuid not null references directory.unit (id),
  type         text collate "C" not null,
  source       text collate "C" not null,
  taken_up_at  timestamptz not null,
  begun_at     timestamptz,
  ended_at     timestamptz,
  result       text collate "C" check (result in ('written', 'oral', 'failed')),
  -- number of the entry whose text is in force
  agreement    int,
  in_force_at  timestamptz,
  claimed_fen  bigint check (claimed_fen > 0),
  sum_fen      bigint check (sum_fen >= 0),
  performed_at timestamptz,
  number_id    uuid not null,
  check ((result is null) = (ended_at is null)),
  check ((agreement is null) = (in_force_at is null)),
  check (agreement is null or result in ('written', 'oral'))
);
comment on table mediation.dispute is 'class: owned. Disputes that a committee took up.';
create index dispute_of_a_unit on mediation.dispute (unit, taken_up_at desc, matter);
alter table mediation.dispute enable row level security;
grant select, insert, update on mediation.dispute to heshi_app;
create policy own on mediation.dispute to heshi_app using (matters.may_see(matter)) with check (matters.may_see(matter));

create table mediation.participant (
  matter       uuid not null references matters.matter (id),
  party        smallint not null check (party between 1 and 9999),
  side         text collate "C" not null check (side in ('applicant', 'respondent', 'third', 'representative', 'guardian')),
  represents   smallint,
  authority    text collate "C" check (authority in ('general', 'special')),
  ward         boolean not null default false,
  consented_at timestamptz,
  open         boolean,
  joined_at    timestamptz,
  primary key (matter, party),
  check ((represents is not null) = (side in ('representative', 'guardian')))
);
comment on table mediation.participant is 'class: owned. On which side each party stands, who acts for whom, and whether they consented.';
alter table mediation.participant enable row level security;
grant select, insert, update on mediation.participant to heshi_app;
create policy own on mediation.participant to heshi_app using (matters.may_see(matter)) with check (matters.may_see(matter));

create table mediation.mediator_of (
  matter uuid not null references mediation.dispute (matter),
  post   uuid not null references directory.post (id),
  seq    int not null,
  main   boolean not null,
  how    text collate "C" not null check (how in ('appointed', 'chosen')),
  until  timestamptz,
  -- why it ended: another was named, a party objected, the mediator withdrew
  ended  text collate "C" check (ended in ('replaced', 'objected', 'stepped-back')),
  primary key (matter, post, seq),
  check ((until is null) = (ended is null))
);
comment on table mediation.mediator_of is 'class: owned. Who mediates a dispute, and who did.';
create unique index main_mediator on mediation.mediator_of (matter) where main and until is null;
create index cases_of_a_mediator on mediation.mediator_of (post, matter desc) where until is null;
alter table mediation.mediator_of enable row level security;
grant select, insert, update on mediation.mediator_of to heshi_app;
create policy own on mediation.mediator_of to heshi_app using (matters.may_see(matter)) with check (matters.may_see(matter));

create table mediation.draft (
  matter  uuid not null references mediation.dispute (matter),
  seq     int not null,
  -- of the entry: it covers every word of the agreement by its commitment
  digest  bytea not null check (octet_length(digest) = 32),
  form    text collate "C" not null check (form in ('written', 'oral')),
  void_at timestamptz,
  primary key (matter, seq)
);
comment on table mediation.draft is 'class: owned. Texts of an agreement, of which one at most is not void.';
create unique index standing_draft on mediation.draft (matter) where void_at is null;
alter table mediation.draft enable row level security;
grant select, insert, update on mediation.draft to heshi_app;
create policy own on mediation.draft to heshi_app using (matters.may_see(matter)) with check (matters.may_see(matter));

create table mediation.signature (
  matter uuid not null,
  draft  int not null,
  -- party:2 or post:UUID: whose signature it is
  signer text collate "C" not null check (signer ~ '^(party:[1-9][0-9]{0,3}|post:[0-9a-f-]{36})$'),
  -- the party that signed for them
  by_party smallint,
  seq    int not null,
  at     timestamptz not null,
  how    text collate "C" not null check (how in ('screen', 'paper', 'staff')),
  primary key (matter, draft, signer),
  foreign key (matter, draft) references mediation.draft (matter, seq)
);
comment on table mediation.signature is 'class: owned. Signatures, each on one exact text.';
alter table mediation.signature enable row level security;
grant select, insert on mediation.signature to heshi_app;
create policy own on mediation.signature to heshi_app using (matters.may_see(matter)) with check (matters.may_see(matter));

create table mediation.instalment (
  matter   uuid not null,
  draft    int not null,
  ordinal  smallint not null check (ordinal >= 1),
  who      smallint not null,
  towards  smallint,
  fen      bigint check (fen > 0),
  due      date not null,
  paid_fen bigint not null default 0 check (paid_fen >= 0 and paid_fen <= coalesce(fen, 0)),
  done_on  date,
  -- the newest word that was given of it: before it is due, when it is late
  told     text collate "C" check (told in ('soon', 'late')),
  primary key (matter, draft, ordinal),
  foreign key (matter, draft) references mediation.draft (matter, seq),
  check (fen is null or (done_on is not null) = (paid_fen = fen))
);
comment on table mediation.instalment is 'class: owned. What has to be done by agreements in force, and how far it is.';
create index instalment_due on mediation.instalment (due, matter) where done_on is null;
alter table mediation.instalment enable row level security;
grant select, insert, update on mediation.instalment to heshi_app;
create policy own on mediation.instalment to heshi_app using (matters.may_see(matter)) with check (matters.may_see(matter));

create table mediation.payment (
  matter  uuid not null,
  seq     int not null,
  draft   int not null,
  ordinal smallint not null,
  fen     bigint check (fen > 0),
  day     date not null,
  primary key (matter, seq),
  foreign key (matter, draft, ordinal) references mediation.instalment (matter, draft, ordinal)
);
comment on table mediation.payment is 'class: owned. What was performed, part by part.';
alter table mediation.payment enable row level security;
grant select, insert on mediation.payment to heshi_app;
create policy own on mediation.payment to heshi_app using (matters.may_see(matter)) with check (matters.may_see(matter));

create table mediation.court (
  matter     uuid not null,
  draft      int not null,
  court      uuid not null references directory.unit (id),
  state      text collate "C" not null check (state in ('filed', 'accepted', 'confirmed', 'refused', 'withdrawn')),
  filed_on   date not null,
  decided_on date,
  primary key (matter, draft),
  foreign key (matter, draft) references mediation.draft (matter, seq)
);
comment on table mediation.court is 'class: owned. Joint applications to the court to confirm an agreement.';
alter table mediation.court enable row level security;
grant select, insert, update on mediation.court to heshi_app;
create policy own on mediation.court to heshi_app using (matters.may_see(matter)) with check (matters.may_see(matter));

create table mediation.sitting (
  matter    uuid not null references matters.matter (id),
  seq       int not null,
  room      uuid,
  starts_at timestamptz not null,
  ends_at   timestamptz not null check (ends_at > starts_at),
  -- whose it is to know of: a talk with one side is not the other's
  audience  text[] not null,
  primary key (matter, seq)
);
comment on table mediation.sitting is 'class: owned. Sessions that were fixed.';
create index sitting_at on mediation.sitting (starts_at, matter);
alter table mediation.sitting enable row level security;
grant select, insert on mediation.sitting to heshi_app;
create policy own on mediation.sitting to heshi_app using (matters.may_read(matter, audience)) with check (matters.may_see(matter));

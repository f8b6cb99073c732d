-- Typical cases without names. What is being written is the committee's; what is published stands apart, for everybody, and only while every party consents.
create table mediation.story (
  matter       uuid primary key references matters.matter (id),
  id           uuid not null unique,
  unit         uuid not null references directory.unit (id),
  type         text collate "C" not null,
  title        text not null check (char_length(title) between 1 and 60),
  words        text not null check (char_length(words) between 1 and 5000),
  written_at   timestamptz not null,
  written_by   uuid not null,
  published_at timestamptz,
  taken_down_at timestamptz,
  check (taken_down_at is null or published_at is not null)
);
comment on table mediation.story is 'class: owned. A case as a mediator tells it without names and places.';
create index story_of_unit on mediation.story (unit, written_at desc, matter);

create table mediation.story_consent (
  matter     uuid not null references matters.matter (id),
  party      smallint not null,
  at         timestamptz not null,
  revoked_at timestamptz check (revoked_at >= at),
  primary key (matter, party)
);
comment on table mediation.story_consent is 'class: owned. Which parties let their case be told, and who took it back.';

create table mediation.published_story (
  id    uuid primary key references mediation.story (id) on delete cascade,
  type  text collate "C" not null,
  title text not null,
  words text not null,
  day   date not null
);
comment on table mediation.published_story is 'class: public. Cases that everybody may read; one goes at once when a party takes the consent back.';
create index published_story_newest on mediation.published_story (day desc, id);
create index published_story_type on mediation.published_story (type, day desc, id);
create index published_story_words on mediation.published_story using gin ((title || ' ' || words) gin_trgm_ops);

alter table mediation.story enable row level security;
alter table mediation.story_consent enable row level security;
alter table mediation.published_story enable row level security;
grant select, insert, update, delete on mediation.story, mediation.story_consent to heshi_app;
grant select, insert, delete on mediation.published_story to heshi_app;

create policy see on mediation.story for select to heshi_app using (
  mediation.is_machine() or mediation.has_role('mediator', 'head', 'handler') and unit = nullif(current_setting('app.unit', true), '')::uuid and matters.may_see(matter));
create policy write on mediation.story for all to heshi_app using (mediation.is_machine()) with check (mediation.is_machine());
create policy see on mediation.story_consent for select to heshi_app using (mediation.is_machine() or mediation.is_inside() and matters.may_see(matter));
create policy write on mediation.story_consent for all to heshi_app using (mediation.is_machine()) with check (mediation.is_machine());
create policy see on mediation.published_story for select to heshi_app using (true);
create policy publish on mediation.published_story for insert to heshi_app with check (mediation.is_machine());
create policy take_down on mediation.published_story for delete to heshi_app using (mediation.is_machine());

-- The last judge: nothing is published of a case of which a party has not consented or took it back.
create function mediation.only_with_consent() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  m uuid;
begin
  select s.matter into m from mediation.story s where s.id = new.id;
  if exists (select from mediation.participant p where p.matter = m and p.side in ('applicant', 'respondent', 'third')
               and not exists (select from mediation.story_consent c where c.matter = m and c.party = p.party and c.revoked_at is null))
     or not exists (select from mediation.participant p where p.matter = m) then
    raise exception 'a case is told only with the consent of every party' using errcode = 'check_violation', constraint = 'story_consents';
  end if;
  return new;
end $$;
revoke all on function mediation.only_with_consent() from public;
create trigger published_with_consent before insert on mediation.published_story for each row execute function mediation.only_with_consent();

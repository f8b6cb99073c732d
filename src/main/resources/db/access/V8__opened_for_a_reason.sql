-- A matter that somebody opened although they have no part in it: for a reason that they give, for a limited time, only to read. Told to auditors, who judge
-- it, and to the reporter.
create table access.opening (
  id        uuid primary key,
  matter    uuid not null,
  person    uuid not null,
  post      uuid not null,
  unit      uuid not null,
  ground    text collate "C" not null check (ground in ('life', 'public-safety', 'law', 'nobody-there')),
  words     text not null check (char_length(words) between 10 and 500),
  opened_at timestamptz not null,
  until     timestamptz not null,
  justified boolean,
  remark    text check (char_length(remark) between 1 and 500),
  judged_at timestamptz,
  judged_by uuid,
  check (until > opened_at and until <= opened_at + interval '8 hours'),
  check ((justified is null) = (remark is null) and (justified is null) = (judged_at is null) and (justified is null) = (judged_by is null)),
  -- nobody judges what they did themselves
  check (judged_by <> person)
);
comment on table access.opening is 'class: owned. Matters opened for a given reason by who has no part in them; read by who opened them, by auditors, by the reporter.';
create index opening_matter on access.opening (matter);
create index opening_of_person on access.opening (person, until);

alter table access.opening enable row level security;
grant select, insert, update (justified, remark, judged_at, judged_by) on access.opening to heshi_app;

-- Asked late, as access.may_see is: whether who acts is barred from it in any way.
create function access.may_open(m uuid) returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return matters.may_be_opened(m);
end
$$;
-- Whether who acts opened this matter in the post in which they act, and its time is not over. The roles are those of the access table, line "opened".
-- Asked by matters.may_see, as that runs: a function that is prepared for nothing costs nothing where it is not reached.
create function access.is_open(m uuid) returns boolean language plpgsql stable parallel safe as $$
begin
  return string_to_array(current_setting('app.roles', true), ',') && array['supervisor', 'head']
     and exists (select from access.opening o
                 where o.matter = m and o.person = nullif(current_setting('app.person', true), '')::uuid
                   and o.post = nullif(current_setting('app.post', true), '')::uuid and o.until > now());
end
$$;
revoke all on function access.may_open(uuid), access.is_open(uuid) from public;
grant execute on function access.may_open(uuid), access.is_open(uuid) to heshi_app;

create policy open on access.opening for insert to heshi_app with check (
  current_setting('app.kind', true) = 'staff'
  and string_to_array(current_setting('app.roles', true), ',') && array['supervisor', 'head']
  and person = nullif(current_setting('app.person', true), '')::uuid
  and post = nullif(current_setting('app.post', true), '')::uuid
  and unit = nullif(current_setting('app.unit', true), '')::uuid
  and justified is null and access.may_open(matter));
create policy see on access.opening for select to heshi_app using (
  current_setting('app.kind', true) = 'machine'
  or current_setting('app.kind', true) = 'resident' and matter = nullif(current_setting('app.matter', true), '')::uuid
  or current_setting('app.kind', true) = 'staff' and (person = nullif(current_setting('app.person', true), '')::uuid
     or 'auditor' = any (string_to_array(current_setting('app.roles', true), ',')) and access.may_see(matter)));
create policy judge on access.opening for update to heshi_app
  using (current_setting('app.kind', true) = 'staff' and 'auditor' = any (string_to_array(current_setting('app.roles', true), ','))
         and justified is null and person <> nullif(current_setting('app.person', true), '')::uuid and access.may_see(matter))
  with check (judged_by = nullif(current_setting('app.person', true), '')::uuid);

alter table access.look drop constraint look_what_check;
alter table access.look add constraint look_what_check check (what in ('matter', 'contacts', 'opened'));

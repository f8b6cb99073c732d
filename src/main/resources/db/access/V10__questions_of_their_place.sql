-- An auditor reads the questions to officials of the place that they watch, and of their own unit; none about a matter that is about the auditor.
alter table access.question add column division_code text collate "C" not null default '' check (division_code ~ '^[0-9]{0,17}$');
comment on column access.question.division_code is 'Place of the unit that was asked; empty in questions from before, which only auditors of that unit read.';
drop policy see on access.question;
create policy see on access.question for select to heshi_app using (
  current_setting('app.kind', true) = 'machine'
  or current_setting('app.kind', true) = 'staff' and (
    person = nullif(current_setting('app.person', true), '')::uuid
    or 'auditor' = any (string_to_array(current_setting('app.roles', true), ','))
       and (unit = nullif(current_setting('app.unit', true), '')::uuid or starts_with(division_code, nullif(current_setting('app.scope', true), '')))
       and (matter is null or access.may_see(matter))));

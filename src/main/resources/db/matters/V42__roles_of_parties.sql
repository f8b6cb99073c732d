-- Whoever has an interest of their own, and whoever acts for a party.
alter table matters.party drop constraint party_role_check;
alter table matters.party add constraint party_role_check
  check (role in ('reporter', 'concerned', 'applicant', 'respondent', 'third', 'representative', 'guardian', 'witness', 'other'));

-- Whoever was left out when the case was registered once more, or when its registration was corrected, takes part no more: nothing is asked of them.
alter table mediation.participant add column out_at timestamptz;

create or replace function mediation.only_with_consent() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  m uuid;
  d text;
begin
  select s.matter, s.digest into m, d from mediation.story s where s.id = new.id;
  if d = '' or exists (select from mediation.participant p where p.matter = m and p.side in ('applicant', 'respondent', 'third') and p.out_at is null
               and not exists (select from mediation.story_consent c where c.matter = m and c.party = p.party and c.revoked_at is null and c.digest = d))
     or not exists (select from mediation.participant p where p.matter = m) then
    raise exception 'a case is told only with the consent of every party to this text' using errcode = 'check_violation', constraint = 'story_consents';
  end if;
  return new;
end $$;

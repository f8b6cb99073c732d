-- Whoever lets their case be told consents to one text. What was published on consents to no text goes.
alter table mediation.story add column digest text collate "C" not null default '';
alter table mediation.story_consent add column digest text collate "C" not null default '';
update mediation.story s set taken_down_at = greatest(now(), s.published_at) where exists (select from mediation.published_story p where p.id = s.id);
delete from mediation.published_story;

create or replace function mediation.only_with_consent() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  m uuid;
  d text;
begin
  select s.matter, s.digest into m, d from mediation.story s where s.id = new.id;
  if d = '' or exists (select from mediation.participant p where p.matter = m and p.side in ('applicant', 'respondent', 'third')
               and not exists (select from mediation.story_consent c where c.matter = m and c.party = p.party and c.revoked_at is null and c.digest = d))
     or not exists (select from mediation.participant p where p.matter = m) then
    raise exception 'a case is told only with the consent of every party to this text' using errcode = 'check_violation', constraint = 'story_consents';
  end if;
  return new;
end $$;

-- What is erased of a matter goes from the tables of its mediation, too. Counted figures, who of the staff mediated and what it paid stay: no resident stands in them.
grant delete on mediation.participant, mediation.draft, mediation.signature, mediation.instalment, mediation.payment, mediation.court, mediation.sitting, mediation.booking,
  mediation.paper to heshi_app;
create policy forget on mediation.participant as restrictive for delete to heshi_app using (mediation.is_machine());
create policy forget on mediation.draft as restrictive for delete to heshi_app using (mediation.is_machine());
create policy forget on mediation.signature as restrictive for delete to heshi_app using (mediation.is_machine());
create policy forget on mediation.instalment as restrictive for delete to heshi_app using (mediation.is_machine());
create policy forget on mediation.payment as restrictive for delete to heshi_app using (mediation.is_machine());
create policy forget on mediation.court as restrictive for delete to heshi_app using (mediation.is_machine());
create policy forget on mediation.sitting as restrictive for delete to heshi_app using (mediation.is_machine());
create policy forget on mediation.booking for delete to heshi_app using (mediation.is_machine());
create policy forget on mediation.paper for delete to heshi_app using (mediation.is_machine());

-- What a supervisor wrote about cases one of which is erased: that it was written stays, the words go.
alter table mediation.finding add column erased_at timestamptz;
alter table mediation.finding drop constraint finding_words_check;
alter table mediation.finding add constraint finding_words_check check (char_length(words) <= 2000 and (words = '') = (erased_at is not null));
grant update (words, erased_at) on mediation.finding to heshi_app;
create policy forget on mediation.finding for update to heshi_app using (mediation.is_machine()) with check (mediation.is_machine() and words = '');
create or replace function mediation.refuse_change_of_finding() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'DELETE' or old.erased_at is not null or new.words <> '' or new.erased_at is null
      or (new.id, new.scope, new.about, new.at, new.person, new.post) is distinct from (old.id, old.scope, old.about, old.at, old.person, old.post) then
    raise exception 'lines are only added here' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
revoke all on function mediation.refuse_change_of_finding() from public;
drop trigger finding_is_kept on mediation.finding;
create trigger finding_is_kept before update or delete on mediation.finding for each row execute function mediation.refuse_change_of_finding();

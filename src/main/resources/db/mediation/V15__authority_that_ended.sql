-- Whose authority to act for somebody ended speaks for nobody any more and reads nothing that comes, whoever is registered anew.
alter table mediation.participant add column authority_ended_at timestamptz;

-- Parties choose a mediator, or accept the one who was named, by an act of their own (People's Mediation Law, articles 19 and 23).
alter table mediation.participant add column mediator uuid references directory.post (id);
alter table mediation.participant add column mediator_how text collate "C" check (mediator_how in ('chosen', 'accepted'));
alter table mediation.participant add check ((mediator is null) = (mediator_how is null));

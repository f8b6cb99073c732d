-- Who acts has seen the matter in this transaction (app.acted is set from a row that the policy let through). The update asked twice more: once as
-- an update and once because it reads the version; each question is a query of its own.
alter policy see on matters.matter using (id = nullif(current_setting('app.acted', true), '')::uuid or matters.may_see(id));
alter policy move on matters.matter using (id = nullif(current_setting('app.acted', true), '')::uuid or matters.may_see(id));

-- A program may be allowed to keep its own webhooks.
alter table identity.api_client drop constraint api_client_scopes_check,
  add constraint api_client_scopes_check check (cardinality(scopes) > 0 and scopes <@ array['report', 'follow', 'act', 'search', 'figures', 'exchange', 'webhooks']);
alter table identity.api_key drop constraint api_key_scopes_check,
  add constraint api_key_scopes_check check (cardinality(scopes) > 0 and scopes <@ array['report', 'follow', 'act', 'search', 'figures', 'exchange', 'webhooks']);

-- What a paper said holds no more because another agreement or decision took its place: it is kept as it is, and whoever checks it is told.
alter table documents.paper add column replaced_at timestamptz check (replaced_at >= issued_at);
grant update (replaced_at) on documents.paper to heshi_app;

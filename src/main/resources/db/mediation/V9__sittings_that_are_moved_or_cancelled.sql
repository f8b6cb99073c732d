-- A sitting that was fixed is moved or cancelled before it begins; it keeps the number by which everybody knows it.
alter table mediation.sitting add column cancelled_at timestamptz;
grant update (room, starts_at, ends_at, cancelled_at) on mediation.sitting to heshi_app;

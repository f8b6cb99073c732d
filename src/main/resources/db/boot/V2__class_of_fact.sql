comment on table boot.fact is 'class: public. Facts about this installation that no room owns: what was seeded, which migrations it knows. Never about people.';

-- Findings that a report repeats word for word are told by a hash, so that they need not be sent and compared again.

alter table finding add column content bytea;
comment on column finding.content is 'The first half of the SHA-256 of what was sent of it, or null where that is not known. Equal means unchanged; different means nothing, since the same can be written in several ways.';

-- A report rewrites every finding of its stack that is still there. With room in its page a row is rewritten in place, and
-- no index is touched; the embedded database, which nobody vacuums, does not grow with every report then.
alter table finding set (fillfactor = 50);

-- Signatures of removed keys, what was stored of output, and what may be forgotten.

grant update (approver_name, key, statement, signature, not_after, decided_at) on approval to dd0c_app_tenant;
comment on table approval is 'Each person approves a question once, and may still deny it while others are asked. One whose key was removed may approve again with another. Whoever writes one holds the row of the execution, so nobody decides what is decided.';

alter table step_order add column output_hash text;
alter table step_order add column output_pieces int;
alter table step_order add column output_cut boolean not null default false;
alter table step_order add column output_state text constraint step_order_output_state_known check (output_state in ('same', 'cut', 'lost', 'differs'));
create index step_order_unchecked_idx on step_order (tenant, ended_at) where output_hash is not null and output_state is null;
comment on column step_order.output_hash is 'Over all pieces that the agent sent, by its result; null where it told of none.';
comment on column step_order.output_cut is 'Whether something was cut out of what the agent sent, because it looked like a secret.';
comment on column step_order.output_state is 'Whether what is stored of its output is what the agent says it sent, by hash; null until that was looked at.';

alter table execution add column output_pruned_at timestamptz;
comment on column execution.output_pruned_at is 'When what its steps wrote was forgotten.';
grant delete on execution_event, execution to dd0c_app_tenant;

-- More than one person may have to approve.

alter table runbook add column approvals int not null default 1 constraint runbook_approvals_some check (approvals between 1 and 8);
alter table execution_step add column approvals int not null default 1;
alter table approval drop constraint approval_pkey;
alter table approval add constraint approval_pkey primary key (tenant, nonce, approver, decision);
comment on table approval is 'Each person approves a question once, and may still deny it while others are asked. Whoever writes one holds the row of the execution, so nobody decides what is decided.';
comment on column runbook.approvals is 'How many people must approve a step that needs it; an operator''s word on this version, like trust.';

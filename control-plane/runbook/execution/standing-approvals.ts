/**
 * Which approvals count: their key is still registered as that of whoever gave them, and was when they did. A key that was
 * removed takes its signatures along, also where it is added again: who removed it may have lost it. For `approval a`.
 */
export const stillSigned = `a.decision = 'approved' and exists (
  select 1 from approver_key k where k.id = a.key and k.owner = a.approver and k.removed_at is null and k.added_at <= a.decided_at
)`;
